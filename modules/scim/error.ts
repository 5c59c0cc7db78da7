/** The `scimType` words of RFC 7644 §3.12 and RFC 9865 §4. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** Which refusal it was, for code and logs; the wire only carries `status`, `scimType` and `detail`. */
export type ScimErrorCode =
  | `SCIM_${Uppercase<ScimType>}`
  | 'SCIM_NOT_FOUND'
  | 'SCIM_UNAUTHORIZED'
  | 'SCIM_FORBIDDEN'
  | 'SCIM_CONFLICT'
  | 'SCIM_METHOD_NOT_ALLOWED'
  | 'SCIM_PRECONDITION_FAILED'
  | 'SCIM_PAYLOAD_TOO_LARGE'
  | 'SCIM_UNSUPPORTED_MEDIA_TYPE'
  | 'SCIM_TOO_MANY_REQUESTS'
  | 'SCIM_INTERNAL'
  | 'SCIM_NOT_IMPLEMENTED'
  | 'SCIM_UNAVAILABLE'
  | 'SCIM_HELD';

export const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** The error message as it goes over the wire (RFC 7644 §3.12); `status` is a string there. */
export interface ErrorBody {
  readonly schemas: readonly [typeof ERROR_SCHEMA];
  readonly status: string;
  readonly scimType?: ScimType;
  readonly detail: string;
}

interface Particulars {
  readonly scimType?: ScimType;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A refusal that a SCIM client sees. Thrown anywhere below the router; made by the factories of `refusal.ts`, one per
 * case. `message` is the `detail`: it says what was found and what to do, and never holds secrets or internals.
 */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly status: number;
  readonly code: ScimErrorCode;
  readonly scimType?: ScimType;
  readonly headers?: Readonly<Record<string, string>>;

  constructor(status: number, code: ScimErrorCode, detail: string, particulars: Particulars = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    if (particulars.scimType !== undefined) this.scimType = particulars.scimType;
    if (particulars.headers !== undefined) this.headers = particulars.headers;
  }

  body(): ErrorBody {
    return {
      schemas: [ERROR_SCHEMA],
      status: String(this.status),
      ...(this.scimType === undefined ? {} : { scimType: this.scimType }),
      detail: this.message,
    };
  }

  /**
   * The message with the request's id in `detail`, which is all that most identity providers show of an error: whoever
   * has it finds the record. Nothing is added where there is no id (''), or `detail` says it already.
   */
  bodyOf(requestId: string): ErrorBody {
    const body = this.body();
    if (requestId === '' || body.detail.includes(requestId)) return body;
    return { ...body, detail: `${body.detail} (Request ${requestId})` };
  }
}

/** User text for an error message: quoted, escaped, and cut after 60 characters. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
