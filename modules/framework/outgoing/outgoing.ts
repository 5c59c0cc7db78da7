import type { IncomingHttpHeaders } from 'node:http';
import { type ServiceToken, service } from '../module/token.ts';

/** A request to a server that somebody has named: an administrator, or a document from outside. */
export interface OutgoingRequest {
  readonly method?: 'GET' | 'POST';
  readonly url: string;
  /** Never cookies or credentials of ours; `Host`, `Connection` and lengths are set here. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /**
   * `host:port` of servers that may be reached wherever they are, and by plain http: the operator's word, from a
   * configuration field of the room that asks.
   */
  readonly allowed?: readonly string[];
  /** Most bytes of an answer's body; more is an error. */
  readonly mostBytes: number;
  /** From the first look at the name to the end of the answer; 15 s unless said. */
  readonly withinMs?: number;
}

export interface OutgoingAnswer {
  /** Never 3xx: redirects are not followed, and are an error. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The address that answered. */
  readonly address: string;
}

/** Requests to the outside that can reach public addresses only, whatever they name. */
export interface Outgoing {
  /** @throws OutgoingError */
  send(request: OutgoingRequest): Promise<OutgoingAnswer>;
}
export const Outgoing: ServiceToken<Outgoing> = service<Outgoing>('framework.Outgoing');

/**
 * Why a request was not made or came to nothing: its URL; where it would have led; its name, which nobody knows; the
 * connection; the time; an answer that leads elsewhere, is too large or is not plain.
 */
export type OutgoingErrorCode =
  | 'OUTGOING_URL'
  | 'OUTGOING_ADDRESS'
  | 'OUTGOING_NAME'
  | 'OUTGOING_CONNECTION'
  | 'OUTGOING_TIMEOUT'
  | 'OUTGOING_REDIRECT'
  | 'OUTGOING_ANSWER';

/** Says whom it was for and what to do, without the path and the query, which may hold secrets. */
export class OutgoingError extends Error {
  readonly code: OutgoingErrorCode;
  constructor(code: OutgoingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutgoingError';
    this.code = code;
  }
}
