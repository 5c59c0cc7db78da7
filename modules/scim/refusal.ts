import { quoted, ScimError, type ScimErrorCode, type ScimType } from './error.ts';

/** 400 with one of the words of RFC 7644 §3.12. */
export const badRequest = (scimType: ScimType, detail: string): ScimError =>
  new ScimError(400, `SCIM_${scimType.toUpperCase()}` as ScimErrorCode, detail, { scimType });

/** 400: the filter is malformed, or names an attribute or operator that cannot be filtered by. */
export const invalidFilter = (detail: string): ScimError => badRequest('invalidFilter', detail);

/** 400: the filter would yield or scan more than the server is willing to. */
export const tooMany = (detail: string): ScimError => badRequest('tooMany', detail);

/** 400: the message is not JSON, or not of the shape that the endpoint asks for. */
export const invalidSyntax = (detail: string): ScimError => badRequest('invalidSyntax', detail);

/** 400: the path of a PATCH operation is malformed or names no attribute. */
export const invalidPath = (detail: string): ScimError => badRequest('invalidPath', detail);

/** 400: the path is fine but points at nothing that could be operated on. */
export const noTarget = (detail: string): ScimError => badRequest('noTarget', detail);

/** 400: a required value is missing, or a value does not fit its attribute's type. */
export const invalidValue = (detail: string): ScimError => badRequest('invalidValue', detail);

/** 400: the attribute is readOnly, or immutable and already set. */
export const mutability = (detail: string): ScimError => badRequest('mutability', detail);

/** 400: the client speaks a protocol version that is not served. */
export const invalidVers = (detail: string): ScimError => badRequest('invalidVers', detail);

/** 403: personal data that must not stand in a URL (RFC 7644 §7.5.2); POST /.search carries it. */
export const sensitive = (detail: string): ScimError =>
  new ScimError(403, 'SCIM_SENSITIVE', detail, { scimType: 'sensitive' });

/** 400 (RFC 9865): the cursor is forged, foreign or malformed. */
export const invalidCursor = (detail: string): ScimError => badRequest('invalidCursor', detail);

/** 400 (RFC 9865): the cursor was good once. */
export const expiredCursor = (detail: string): ScimError => badRequest('expiredCursor', detail);

/** 400 (RFC 9865): the count differs from the one the cursor was made for, or is out of range. */
export const invalidCount = (detail: string): ScimError => badRequest('invalidCount', detail);

/** 409 `uniqueness`: another resource has that value. `attribute` is the one to change, in SCIM's words. */
export const uniqueness = (
  attribute: string,
  detail = `Another resource already has this ${attribute}; it must be unique.`,
): ScimError => new ScimError(409, 'SCIM_UNIQUENESS', detail, { scimType: 'uniqueness' });

/** 409 without a scimType: the request contradicts the resource's state in another way than by uniqueness. */
export const conflict = (detail: string): ScimError => new ScimError(409, 'SCIM_CONFLICT', detail);

/** 404: no such resource for this caller. A foreign id and a missing one read the same. */
export const notFound = (resourceType: string, id: string): ScimError =>
  new ScimError(404, 'SCIM_NOT_FOUND', `There is no ${resourceType} with the id ${quoted(id)}.`);

/** 404: no such endpoint. */
export const unknownEndpoint = (path: string): ScimError =>
  new ScimError(404, 'SCIM_NOT_FOUND', `There is no endpoint ${quoted(path)}; see /ResourceTypes.`);

/** 401 with `WWW-Authenticate: Bearer`. */
export const unauthorized = (
  detail = 'A valid bearer token is required: send the header "Authorization: Bearer <token>".',
): ScimError =>
  new ScimError(401, 'SCIM_UNAUTHORIZED', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="SCIM"' } });

/** 403: the caller is known and may not. */
export const forbidden = (detail: string): ScimError => new ScimError(403, 'SCIM_FORBIDDEN', detail);

/** 405 with `Allow`. */
export const methodNotAllowed = (method: string, allowed: readonly string[]): ScimError =>
  new ScimError(
    405,
    'SCIM_METHOD_NOT_ALLOWED',
    `${method} is not possible here; ${allowed.join(', ')} ${allowed.length === 1 ? 'is' : 'are'}.`,
    { headers: { Allow: allowed.join(', ') } },
  );

/** 412: the resource is no longer the version that If-Match names. */
export const preconditionFailed = (detail: string): ScimError => new ScimError(412, 'SCIM_PRECONDITION_FAILED', detail);

/** 413: the body is longer than `limit` bytes. */
export const payloadTooLarge = (limit: number): ScimError =>
  new ScimError(413, 'SCIM_PAYLOAD_TOO_LARGE', `The body is longer than the ${limit} bytes that are accepted.`, {
    headers: { Connection: 'close' },
  });

/** 413: a bulk request of more operations than are accepted (RFC 7644 §3.7.4). Its body was read, so the connection stays. */
export const tooManyOperations = (given: number, limit: number): ScimError =>
  new ScimError(
    413,
    'SCIM_PAYLOAD_TOO_LARGE',
    `The bulk request has ${given} operations; at most ${limit} (maxOperations) are accepted. Send it in parts.`,
  );

/** 415: the body is not `application/scim+json` or `application/json` in UTF-8. */
export const unsupportedMediaType = (detail: string): ScimError =>
  new ScimError(415, 'SCIM_UNSUPPORTED_MEDIA_TYPE', detail, {
    headers: { Accept: 'application/scim+json, application/json' },
  });

/** 429 with `Retry-After` in seconds. */
export const tooManyRequests = (retryAfter: number, detail = 'Too many requests; try again later.'): ScimError =>
  new ScimError(429, 'SCIM_TOO_MANY_REQUESTS', detail, { headers: { 'Retry-After': String(retryAfter) } });

/** 500: a fault of ours. Says nothing but where to look it up. */
export const internal = (requestId: string): ScimError =>
  new ScimError(500, 'SCIM_INTERNAL', `Something went wrong here; the server's log has it under ${requestId}.`);

/** 501: the protocol has it, this server does not. */
export const notImplemented = (detail: string): ScimError => new ScimError(501, 'SCIM_NOT_IMPLEMENTED', detail);

/** 503 with `Retry-After` in seconds: nothing was written, the client may repeat the request as it is. */
export const unavailable = (
  retryAfter: number,
  detail = 'The store cannot be reached at the moment; nothing was changed. Try again later.',
): ScimError => new ScimError(503, 'SCIM_UNAVAILABLE', detail, { headers: { 'Retry-After': String(retryAfter) } });

/** 503 with `Retry-After` in seconds: nothing was written; the request is kept and waits for somebody's decision. */
export const held = (retryAfter: number, detail: string): ScimError =>
  new ScimError(503, 'SCIM_HELD', detail, { headers: { 'Retry-After': String(retryAfter) } });
