import { type Connection, scopes } from '../../connection/index.ts';
import { Course, everything } from '../../scim/index.ts';
import type { ProvisioningContext } from '../room.ts';

/** What a sign-in is carried out under. */
export interface SignInOccasion {
  readonly connection: Connection;
  readonly requestId: string;
  readonly now: Date;
  /** What was received, with the steps that were taken before. */
  readonly course?: Course | undefined;
}

/** The context that a sign-in passes through the use cases with: nothing is answered in SCIM, so nothing is located. */
export function signInContext({ connection, requestId, now, course }: SignInOccasion): ProvisioningContext {
  return {
    caller: { connection, tokenId: 0, tokenName: 'SAML', scopes, notes: [] },
    requestId,
    now,
    mode: 'compat',
    baseUrl: '',
    projection: everything,
    notes: [],
    ignored: [],
    course: course ?? new Course('POST', `/saml/${connection.code}/acs`),
  };
}
