import type { Connection } from '../../connection/index.ts';
import { held, type ScimError } from '../../scim/index.ts';
import { retryAfter } from './limit.ts';
import type { Tripped } from './trip.ts';

const why = ({ code }: Connection, { wouldBe, limit }: Tripped): string =>
  `within an hour ${wouldBe} customers of the connection "${code}" would be deactivated, deleted or left in no group, and ${limit} may be without asking`;

/** 503 with Retry-After that says what is held, why, and who decides. */
export const heldRefusal = (connection: Connection, tripped: Tripped, holdId: number): ScimError =>
  held(
    retryAfter,
    `Held by the store's mass-deprovision guard: ${why(connection, tripped)}. Nothing was changed. The request is kept as part of hold ${holdId} until an administrator of the store approves or denies it under Held Changes (guard:show ${holdId}); approved, it is carried out without being sent again.`,
  );

/** The same for a rehearsal, which keeps nothing. */
export const wouldBeHeld = (connection: Connection, tripped: Tripped): ScimError =>
  held(retryAfter, `The store's mass-deprovision guard would hold this request: ${why(connection, tripped)}.`);
