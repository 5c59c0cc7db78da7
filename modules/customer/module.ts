import { Database, defineModule, Encryptor, Events, onStart, provide, service } from '../framework/index.ts';
import { Websites } from '../store/index.ts';
import { addressPages } from './admin/address/page.tsx';
import { addressRemoval } from './admin/address/removal.tsx';
import { customerPage } from './admin/customer.tsx';
import { customersPage } from './admin/customers.tsx';
import { editPages } from './admin/edit/page.tsx';
import { customersExport } from './admin/export.ts';
import { massContributions, massPages } from './admin/mass/pages.tsx';
import { customerRemoval } from './admin/removal.tsx';
import { standingPages } from './admin/standing.tsx';
import { CustomerAttributes } from './attributes/attribute.ts';
import { makeCustomerAttributes } from './attributes/customer-attributes.ts';
import { type MetadataCache, metadataCache } from './attributes/metadata.ts';
import { attributeTrace } from './attributes/trace.ts';
import { Customers } from './customer.ts';
import { CustomerTokens, makeCustomerTokens, tokenLifetime } from './customer-token.ts';
import { makeCustomers } from './customers.ts';
import { sharedGlobally } from './email.ts';
import { CustomerGrid, makeCustomerGrid } from './grid-comparison.ts';
import { CustomerGroups } from './group.ts';
import { makeCustomerGroups } from './groups.ts';
import { makeNewsletter, Newsletter } from './newsletter.ts';
import { CustomerAuthentication, makeAuthentication } from './password/authentication.ts';
import { makePasswords, Passwords } from './password/passwords.ts';
import { makeResetTokens, ResetTokens } from './password/reset-tokens.ts';
import { Regions } from './region.ts';
import { makeRegions } from './regions.ts';
import { cutOffSessions, endSessions, Sessions } from './session.ts';
import { accountShare, addressSettings, createAccount, passwordSettings, subscription } from './settings.ts';
import { showCustomer } from './show-command.ts';

/** One memory of the attributes for the services of this room. */
const Metadata = service<MetadataCache>('customer.Metadata');

export default defineModule({
  name: 'customer',
  version: '0.1.0',
  host: '^1',
  sequence: ['store'],
  optional: ['admin'],
  acl: {
    'customer::config': 'Configure customer accounts',
    'customer::view': 'See customers',
    'customer::export': 'Export lists of customers',
    'customer::edit': 'Edit customers and their addresses',
    'customer::lock': 'Deactivate and activate customers',
    'customer::delete': 'Delete customers',
  },
  migrations: new URL('./migrations/', import.meta.url),
  contributes: [attributeTrace, ...massContributions],
  config: [accountShare, createAccount, passwordSettings, addressSettings, subscription, tokenLifetime],
  provides: [
    provide(Metadata, { database: Database }, ({ database }) => metadataCache(database)),
    provide(Regions, { database: Database }, ({ database }) => makeRegions(database)),
    provide(
      Customers,
      {
        metadata: Metadata,
        websites: Websites,
        regions: Regions,
        events: Events,
        accountShare: accountShare.token,
        createAccount: createAccount.token,
      },
      makeCustomers,
    ),
    provide(CustomerGrid, { metadata: Metadata }, ({ metadata }) => makeCustomerGrid(metadata)),
    provide(CustomerAttributes, { metadata: Metadata }, ({ metadata }) => makeCustomerAttributes(metadata)),
    provide(CustomerGroups, { config: createAccount.token, events: Events, metadata: Metadata }, makeCustomerGroups),
    provide(Newsletter, { subscription: subscription.token, createAccount: createAccount.token }, makeNewsletter),
    provide(
      Passwords,
      { encryptor: Encryptor, config: passwordSettings.token, events: Events },
      ({ encryptor, config, events }) => makePasswords(encryptor, config, events),
    ),
    provide(
      CustomerAuthentication,
      {
        database: Database,
        passwords: Passwords,
        accountShare: accountShare.token,
        config: passwordSettings.token,
        metadata: Metadata,
      },
      ({ accountShare: share, ...parts }) =>
        makeAuthentication({ ...parts, isShared: () => sharedGlobally({ accountShare: share }) }),
    ),
    provide(ResetTokens, { encryptor: Encryptor, config: passwordSettings.token }, ({ encryptor, config }) =>
      makeResetTokens(encryptor, config),
    ),
    provide(Sessions, {}, () => ({ end: endSessions, cutOff: cutOffSessions })),
    provide(CustomerTokens, { encryptor: Encryptor, config: tokenLifetime.token }, ({ encryptor, config }) =>
      makeCustomerTokens(encryptor, config),
    ),
  ],
  // The export stands before the customer: its address would be one of a customer otherwise.
  routes: [
    customersPage,
    customersExport,
    ...massPages,
    customerPage,
    ...editPages,
    ...addressPages,
    ...addressRemoval,
    ...customerRemoval,
    ...standingPages,
  ],
  commands: [showCustomer],
  hooks: [
    // The first request may ask inside a transaction, where the first reading cannot be left to a second connection.
    onStart('customer.warm-up', { customers: Customers, regions: Regions, database: Database }, async (room) => {
      await room.customers.selection(room.database);
      await room.customers.ready(room.database);
      await room.regions.byId('US', 0);
    }),
  ],
});
