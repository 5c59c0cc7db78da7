import type { ErrorBody } from '../error.ts';

export const BULK_RESPONSE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

/** What came of one operation (RFC 7644 §3.7.3). */
export interface BulkAnswer {
  readonly method: string;
  readonly bulkId?: string;
  /** Of the resource; missing where none was made or named. */
  readonly location?: string;
  readonly version?: string;
  /** The HTTP status, as a string. */
  readonly status: string;
  /** The error; an operation that went well is answered without its resource. */
  readonly response?: ErrorBody;
}

/** The answers stand in the order of the request; operations that were not run, because of `failOnErrors`, have none. */
export const bulkResponse = (answers: readonly BulkAnswer[]): object => ({
  schemas: [BULK_RESPONSE_SCHEMA],
  Operations: answers,
});
