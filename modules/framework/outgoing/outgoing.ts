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
  /** An `Authorization` header that somebody gave for this very server; not taken from `headers`. */
  readonly authorization?: string | undefined;
  /** Most bytes of an answer's body; more is an error. */
  readonly mostBytes: number;
  /**
   * Any answer will do: redirects are answered like the rest and not followed, of a long body its beginning is kept, of a
   * compressed one nothing. For those who want to know how a request was taken.
   */
  readonly anyAnswer?: boolean;
  /** From the first look at the name to the end of the answer; 15 s unless said. */
  readonly withinMs?: number;
  /** Breaks off what is under way. */
  readonly signal?: AbortSignal;
}

export interface OutgoingAnswer {
  /** Never 3xx unless any answer will do: redirects are not followed, and are an error. */
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
 * connection; the time; the caller who broke it off; an answer that leads elsewhere, is too large or is not plain.
 */
export type OutgoingErrorCode =
  | 'OUTGOING_URL'
  | 'OUTGOING_ADDRESS'
  | 'OUTGOING_NAME'
  | 'OUTGOING_CONNECTION'
  | 'OUTGOING_TIMEOUT'
  | 'OUTGOING_ABORTED'
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
