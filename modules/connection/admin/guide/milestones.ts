import type { Milestone } from './guide.ts';

/** What is known of a connection when its guide is shown. */
export interface Known {
  readonly contacted: boolean;
  readonly users: number;
  /** Operations that came lately. */
  readonly operations: readonly string[];
}

/** The milestones that have been reached. Values count as pasted once a request has come with them. */
export function reached({ contacted, users, operations }: Known): ReadonlySet<Milestone> {
  const milestones = new Set<Milestone>();
  if (contacted) milestones.add('token').add('contact');
  if (users > 0) milestones.add('user');
  if (operations.some((operation) => /^group\.(create|replace|patch)$/.test(operation))) milestones.add('group');
  if (operations.includes('user.deactivate')) milestones.add('deactivated');
  return milestones;
}
