import type { Request } from 'express';
import { actorOf } from '../../../framework/index.ts';

/** Who makes a request of the admin API, as the record names them; the pages' counterpart is `actorOfVisit`. */
export const actorOfRequest = (request: Request): string => actorOf(request)?.name ?? 'administration';
