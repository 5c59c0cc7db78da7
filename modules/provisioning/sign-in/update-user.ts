import type { Transaction } from '../../framework/index.ts';
import { type Resource, sameJson } from '../../scim/index.ts';
import { mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { effectiveDocument } from '../user/render.ts';
import type { UserRecord } from '../user/user-record.ts';
import { writeUser } from '../user/write.ts';
import { merge } from './merge.ts';
import { inScope } from './scope.ts';
import type { Arrival, SignInDisagreement } from './sign-ins.ts';
import { requireEnterable, requireOpen } from './standing.ts';

export interface Updating {
  readonly arrival: Arrival;
  /** As much of the document as earlier sign-ins wrote. */
  readonly wrote: Resource;
  readonly updates: boolean;
  readonly makesWay: boolean;
}

export interface Updated {
  readonly wrote: Resource;
  readonly disagreements: readonly SignInDisagreement[];
}

/**
 * Looks whether a held user may come in, and brings it up to date as a PATCH would. Nothing is written where the sign-in
 * says nothing new.
 *
 * @throws SignInRefused; ScimError where the user can't be written like this
 */
export async function updateUser(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  record: UserRecord,
  { arrival, wrote, updates, makesWay }: Updating,
): Promise<Updated> {
  requireOpen(record.customer, context.now);
  requireEnterable(record.customerId, record.isProtected);
  const mapping = mappingFor(room, context);
  const current = effectiveDocument(record, mapping);
  const merged = merge({ current, said: arrival.document, wrote, wins: arrival.policy.samlWins });
  const document = updates ? merged.document : current;
  inScope(room, context, document, record.customerId);
  noteDisagreements(context, merged.disagreements);
  if (!updates) return { wrote, disagreements: merged.disagreements };
  if (!sameJson(document, current))
    await writeUser(room, tx, context, record, document, {
      operation: 'user.patch',
      status: 200,
      whole: false,
      saysActive: false,
      makesWay,
    });
  return { wrote: merged.wrote, disagreements: merged.disagreements };
}

function noteDisagreements({ notes }: ProvisioningContext, disagreements: readonly SignInDisagreement[]): void {
  if (disagreements.length === 0) return;
  const paths = disagreements.map(({ path }) => path).join(', ');
  notes.push(`SAML says something else than the user has, which stays: ${paths}.`);
}
