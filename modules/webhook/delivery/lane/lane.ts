import { randomBytes } from 'node:crypto';

/**
 * Which deliveries of a subscription go out one after the other: those about one customer, whose id the lane bears. What
 * is about no customer has a lane of its own, below zero, drawn from a space in which nobody meets anybody.
 */
export const laneOf = (customerId: number | null): number => customerId ?? -1 - randomBytes(6).readUIntBE(0, 6);

export const customerOf = (lane: number): number | null => (lane < 0 ? null : lane);
