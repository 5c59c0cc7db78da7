import type { Call, Client } from './client.ts';
import type { Target } from './targets/process.ts';

/** A user that the bench has made at a target. */
export interface Person {
  readonly name: string;
  readonly id: string;
}

/** A server with what the bench knows about it. */
export interface Driven extends Target {
  readonly client: Client;
  /** Everybody made here so far, the newest last. */
  readonly people: Person[];
}

/** A few requests of a phase, sent in one go at one target before the next target's turn comes. */
export interface Chunk {
  /** Different for every chunk of a run. */
  readonly name: string;
  readonly requests: number;
}

export type Job = () => Promise<void>;

/**
 * What the bench measures: one kind of request. `share` and `chunk` say how many of a round's requests it takes and how
 * many go to one target in one go, because a page costs what a hundred reads cost.
 */
export interface Phase {
  readonly name: string;
  readonly describe: string;
  /** `young`: a few thousand users; `grown`: 100,000 of them. */
  readonly stage: 'young' | 'grown';
  /** The most that it may cost, as a multiple of the floor. */
  readonly wanted?: number;
  readonly share: number;
  readonly chunk: number;
  /** Runs before a chunk and is not measured. */
  prepare?(target: Driven, chunk: Chunk): Promise<void>;
  /** The chunk's work; jobs run side by side, the calls of one job one after the other. */
  jobs(target: Driven, chunk: Chunk): readonly Job[];
}

/** Users of the grown stage. */
export const grownTo = 100_000;

export const scimUsers = '/scim/v2/Users';
export const scimGroups = '/scim/v2/Groups';

/** Sends a call that has to be answered with one of these statuses. @throws Error that shows the answer otherwise */
export async function expect(client: Client, call: Call, ...statuses: readonly number[]): Promise<string> {
  const { status, body } = await client.send(call);
  if (statuses.includes(status)) return body;
  throw new Error(
    `${call.method} ${call.path} answered ${status} instead of ${statuses.join(' or ')}: ${body.slice(0, 300)}`,
  );
}

/** The oldest people are those whom pages walk over. */
export const walkedOver = 3000;

/**
 * The i-th of the newest people: those that this round's `create` has made, where it ran. Not one whom pages walk over,
 * if there are others: what one phase does to people must not make another's answers longer.
 */
export function newest(target: Driven, index: number): Person {
  const { people } = target;
  const others = people.length > walkedOver ? people.length - walkedOver : people.length;
  const person = people[people.length - 1 - (index % others)];
  if (person === undefined) throw new Error(`nobody was created at ${target.name} yet`);
  return person;
}
