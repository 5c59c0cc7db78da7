import type { ConnectionPolicy } from '../../connection/index.ts';

/** The guard looks at this much of the past, in milliseconds. */
export const lookBack = 3_600_000;
/** A denial stands for this long. */
export const denialFor = 7 * 86_400_000;
/** What passed can be restored for this long. */
export const restorableFor = 30 * 86_400_000;
/** Seconds after which a held request may be sent again: people decide, not machines. */
export const retryAfter = 900;

/** The policy fields of a connection that say how much may pass. */
export type GuardPolicy = Pick<ConnectionPolicy, 'guardPercent' | 'guardAtLeast' | 'guardMost'>;

/** How many customers may lose their place within the window, of so many who were active at its beginning. */
export const limitOf = ({ guardPercent, guardAtLeast, guardMost }: GuardPolicy, active: number): number =>
  Math.min(guardMost, Math.max(guardAtLeast, Math.floor((active * guardPercent) / 100)));

/** As many may in any case, however few customers there are. */
export const leastLimit = ({ guardAtLeast, guardMost }: GuardPolicy): number => Math.min(guardMost, guardAtLeast);

/** More active customers than these change the limit no more. */
export const enoughActive = ({ guardPercent, guardMost }: GuardPolicy): number =>
  guardPercent <= 0 ? 1 : Math.ceil((guardMost * 100) / guardPercent) + 1;

/** Customers younger than the window don't count: providers make test users and delete them. `createdAt`: UTC. */
export const isNewcomer = (createdAt: unknown, now: Date): boolean =>
  typeof createdAt === 'string' && Date.parse(`${createdAt.replace(' ', 'T')}Z`) > now.getTime() - lookBack;
