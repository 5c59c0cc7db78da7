import type { Transaction } from '../../framework/index.ts';
import { connectionOf, type ProvisioningContext } from '../room.ts';
import { carryOut } from './approval.ts';
import { denied } from './denial.ts';
import type { Loss } from './loss.ts';
import type { Scales } from './scales.ts';
import { sightOf, wideSightOf } from './sight.ts';

/** What becomes of losses that pass. */
export interface Passage {
  /** Whose loss is counted against the limit from now on. */
  readonly counted: ReadonlySet<number>;
  /** The approved hold that they belong to. */
  readonly holdId: number | null;
}

const nobody: ReadonlySet<number> = new Set();
const uncounted: Passage = { counted: nobody, holdId: null };

/** Decides about the loss of one customer. @throws GuardTrip, ScimError 403, AlreadyCarriedOut */
export async function passageOfOne(
  scales: Scales,
  tx: Transaction,
  context: ProvisioningContext,
  { customerId, kind, weighs }: Loss,
  subject: string,
): Promise<Passage> {
  const { id, policy } = connectionOf(context);
  const { approval } = context.caller;
  if (approval) {
    await carryOut(tx, approval, context.now);
    return { counted: nobody, holdId: approval.holdId };
  }
  if (!weighs) return uncounted;
  const sight = await sightOf(tx, id, customerId, context.now, policy.guardMost + 1);
  const losing = [customerId];
  if (sight.denied !== null) throw await denied(tx, sight.denied, losing);
  // The provider was quicker than we are: it tries again what an administrator has approved.
  if (sight.approved !== null) return { counted: nobody, holdId: sight.approved };
  const isOpen = sight.open !== null;
  if (!isOpen && sight.already) return uncounted;
  const everybody = async () => losing;
  await scales(tx, context, { kind, subject, losing, wouldBe: sight.others + 1, isOpen, everybody });
  return { counted: new Set(losing), holdId: null };
}

/** Decides about those whom a group's change leaves in no group. @throws as `passageOfOne` */
export async function passageOfMany(
  scales: Scales,
  tx: Transaction,
  context: ProvisioningContext,
  left: readonly number[],
  subject: string,
  everybody: () => Promise<readonly number[]>,
): Promise<Passage> {
  const { id, policy } = connectionOf(context);
  const { approval } = context.caller;
  if (approval) {
    await carryOut(tx, approval, context.now);
    return { counted: nobody, holdId: approval.holdId };
  }
  if (left.length === 0) return uncounted;
  const sight = await wideSightOf(tx, id, left, context.now, policy.guardMost + 1);
  if (sight.denied !== null) throw await denied(tx, sight.denied, left);
  const losing = left.filter((customerId) => !sight.approved.has(customerId));
  const come = losing.filter((customerId) => !sight.window.has(customerId));
  const isOpen = sight.open !== null;
  if (losing.length === 0 || (come.length === 0 && !isOpen)) return uncounted;
  const wouldBe = sight.window.size + come.length;
  await scales(tx, context, { kind: 'leave', subject, losing, wouldBe, isOpen, everybody });
  return { counted: new Set(come), holdId: null };
}
