import { type ServiceToken, service } from '../../framework/index.ts';
import type { Verifier } from './verify.ts';

/** Tells whether the record is as it was sealed. */
export type ActivityVerifier = Verifier;
export const ActivityVerifier: ServiceToken<Verifier> = service<Verifier>('activity.ActivityVerifier');
