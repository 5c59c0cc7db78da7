import type { Request } from 'express';

/** Who makes a request, once that is known: for authors of versions, records and logs. */
export interface Actor {
  readonly id: number;
  /** The name to log in with, as people are to read it. */
  readonly name: string;
}

const actors = new WeakMap<Request, Actor>();

/** Called by whoever authorises the request. */
export function actFor(request: Request, actor: Actor): void {
  actors.set(request, actor);
}

/** Who makes this request; undefined for a public route, and where a test's authorizer says nothing. */
export const actorOf = (request: Request): Actor | undefined => actors.get(request);
