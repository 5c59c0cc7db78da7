import type { Transaction } from '../../framework/index.ts';
import type { ProvisioningContext, Room } from '../room.ts';
import type { HeldGroup } from './group-record.ts';

/** One request's change of one group, whose row is held. */
export interface GroupWork {
  readonly room: Room;
  readonly tx: Transaction;
  readonly context: ProvisioningContext;
  readonly group: HeldGroup;
  /** As they become. */
  generation: number;
  memberCount: number;
  children: number;
  customerGroupId: number | null;
  /** Whether anything differs from what was there. */
  changed: boolean;
  /** Users who came or went, whose customer group may be another now. */
  readonly users: Set<number>;
  /** Those of them who went. */
  readonly leaving: Set<number>;
  /** Groups that came or went, or that all of them concerns: their users' customer groups may be others now. */
  readonly groups: Set<number>;
}

export const newWork = (room: Room, tx: Transaction, context: ProvisioningContext, group: HeldGroup): GroupWork => ({
  room,
  tx,
  context,
  group,
  generation: group.generation,
  memberCount: group.memberCount,
  children: group.children,
  customerGroupId: group.customerGroupId,
  changed: false,
  users: new Set(),
  leaving: new Set(),
  groups: new Set(),
});
