import { type ServiceToken, service } from '../../framework/index.ts';
import type { Reception } from './visit.ts';

/** One per host, because it counts who comes. */
export const ReceptionService: ServiceToken<Reception> = service<Reception>('saml.Reception');
