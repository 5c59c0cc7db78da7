import { FirstSteps } from '../../admin/index.ts';
import { Clock, contribute } from '../../framework/index.ts';
import { type Health, healthServices } from './health.ts';
import { visitHealth } from './visit-health.ts';

const services = { ...healthServices, clock: Clock };

const wasUsed = ({ lastRequest }: Health): boolean => lastRequest !== null;

/** Done once there is a connection besides the one that the first start makes, or that one is used. */
export const connectStep = contribute(FirstSteps, services, ({ clock, ...sources }) => ({
  label: 'Connect your identity provider',
  href: '/admin/connections/new',
  acl: 'connection::manage',
  sortOrder: 10,
  done: async (visit) =>
    (await visitHealth(visit, sources, clock.now())).some(
      (health) => health.connection.code !== 'default' || wasUsed(health),
    ),
}));

/** Done once any token was used. */
export const firstRequestStep = contribute(FirstSteps, services, ({ clock, ...sources }) => ({
  label: 'Receive the first request',
  href: '/admin/connections',
  acl: 'connection::view',
  sortOrder: 20,
  done: async (visit) => (await visitHealth(visit, sources, clock.now())).some(wasUsed),
}));

/** Done while any identity provider has a user. */
export const firstUserStep = contribute(FirstSteps, services, ({ clock, ...sources }) => ({
  label: 'See the first user arrive',
  href: '/admin/connections#connections',
  acl: 'connection::view',
  sortOrder: 30,
  done: async (visit) => (await visitHealth(visit, sources, clock.now())).some(({ users }) => users > 0),
}));
