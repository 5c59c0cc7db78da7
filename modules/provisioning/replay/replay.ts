import { type ServiceToken, service } from '../../framework/index.ts';
import type { GroupPreview } from '../preview/group-preview.ts';
import type { Preview } from '../preview/preview.ts';
import type { ReceivedPayload } from '../preview/received-payloads.ts';
import type { SignInPreview } from '../preview/sign-in-preview.ts';

import { signInOperation } from '../sign-in/record.ts';

export type ReplayErrorCode =
  | 'RECORD_UNKNOWN'
  | 'REQUEST_NOT_KEPT'
  | 'REQUEST_CUT'
  | 'CONNECTION_GONE'
  | 'PREVIEW_IMPOSSIBLE'
  | 'LIVE_IMPOSSIBLE';

/** Says why a recorded request can't be replayed, and what to do instead. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
  readonly code: ReplayErrorCode;
  constructor(code: ReplayErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What came of a request that was carried out once more. */
export interface Replayed {
  readonly request: ReceivedPayload;
  readonly status: number;
  readonly answer: unknown;
  /** Of the new record: what came of it is found by this. */
  readonly requestId: string;
}

/** What a recorded request would do now. */
export type DryReplay =
  | { readonly resource: 'user'; readonly request: ReceivedPayload; readonly preview: Preview }
  | { readonly resource: 'group'; readonly request: ReceivedPayload; readonly preview: GroupPreview }
  | { readonly resource: 'sign-in'; readonly request: ReceivedPayload; readonly preview: SignInPreview };

/**
 * Recorded requests once more, against the store as it is today. What was redacted (passwords) is left out and named in
 * the request.
 */
export interface Replays {
  /** What the request would do now; writes nothing. @throws ReplayError */
  dry(record: number): Promise<DryReplay>;
  /**
   * Does it, as a new request with a record of its own in which `actor` says who wanted it. Twice is as good as once where
   * that was so for the provider: PUT, DELETE and most PATCHes; a POST of somebody who is there is refused (409). Nobody can
   * be signed in like this.
   * @throws ReplayError
   */
  live(record: number, actor: string): Promise<Replayed>;
}
/** True for a request by which a person signed in: it is tried and never carried out. */
export const isSignIn = ({ operation }: Pick<ReceivedPayload, 'operation'>): boolean => operation === signInOperation;

export const Replays: ServiceToken<Replays> = service<Replays>('provisioning.Replays');
