import {
  bigint,
  defaultNow,
  defaultTo,
  identity,
  int,
  nullable,
  onUpdateNow,
  smallint,
  text,
  timestamp,
  unsigned,
  varchar,
} from '../column.ts';
import { reference, type Table, table } from '../table.ts';

/** Visits, log-ins and whatever keeps a customer logged in without a password. */
export const customerSessionTables: readonly Table[] = [
  table('customer_visitor', {
    columns: [
      bigint('visitor_id', unsigned, identity),
      int('customer_id', nullable),
      varchar('session_id', 1, nullable),
      timestamp('created_at', defaultNow),
      timestamp('last_visit_at', defaultNow, onUpdateNow),
    ],
    primaryKey: ['visitor_id'],
    indexes: [['customer_id'], ['last_visit_at']],
  }),
  table('customer_log', {
    columns: [
      int('log_id', identity),
      int('customer_id'),
      timestamp('last_login_at', nullable),
      timestamp('last_logout_at', nullable),
    ],
    primaryKey: ['log_id'],
    unique: [['customer_id']],
  }),
  table('persistent_session', {
    columns: [
      int('persistent_id', unsigned, identity),
      varchar('key', 50),
      int('customer_id', unsigned, nullable),
      smallint('website_id', unsigned, defaultTo(0)),
      text('info', nullable),
      timestamp('updated_at', defaultNow, onUpdateNow),
    ],
    primaryKey: ['persistent_id'],
    unique: [['key'], ['customer_id']],
    indexes: [['updated_at']],
    foreignKeys: [
      reference('customer_id', 'customer_entity.entity_id', 'CASCADE'),
      reference('website_id', 'store_website.website_id', 'CASCADE'),
    ],
  }),
  table('login_as_customer', {
    columns: [varchar('secret', 64), int('customer_id'), int('admin_id'), timestamp('created_at', nullable)],
    primaryKey: ['secret'],
    indexes: [['created_at']],
  }),
  table('login_as_customer_assistance_allowed', {
    columns: [int('customer_id', unsigned)],
    primaryKey: ['customer_id'],
    foreignKeys: [reference('customer_id', 'customer_entity.entity_id', 'CASCADE')],
  }),
  table('magento_login_as_customer_log', {
    columns: [
      int('log_id', identity),
      timestamp('time', nullable),
      int('user_id', unsigned, nullable),
      varchar('user_name', 40, nullable),
      int('customer_id', unsigned, nullable),
      varchar('customer_email', 40, nullable),
    ],
    primaryKey: ['log_id'],
    indexes: [['user_id']],
  }),
];
