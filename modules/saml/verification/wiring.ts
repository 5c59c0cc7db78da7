import { type Provision, provide } from '../../framework/index.ts';
import { Admissions } from '../request/admissions.ts';
import { createAdmissions } from '../request/create-admissions.ts';
import { createSamlRequests } from '../request/create-requests.ts';
import { SamlRequests } from '../request/requests.ts';
import { AssertionVerifier } from './assertion-verifier.ts';
import { createLogoutVerifier } from './logout/verify-logout.ts';
import { LogoutVerifier } from './logout-verifier.ts';
import { createAssertionVerifier } from './verify-assertion.ts';

/** The services of the guard. */
export const guardServices: readonly Provision[] = [
  provide(AssertionVerifier, {}, createAssertionVerifier),
  provide(LogoutVerifier, {}, createLogoutVerifier),
  provide(SamlRequests, {}, createSamlRequests),
  provide(Admissions, { requests: SamlRequests }, ({ requests }) => createAdmissions(requests)),
];
