import {
  boolean,
  defaultTo,
  identity,
  int,
  nullable,
  smallint,
  text,
  timestamp,
  unsigned,
  varchar,
} from '../column.ts';
import { reference, type Table, table } from '../table.ts';

/** Newsletter subscribers, and the letters queued for them. */
export const newsletterTables: readonly Table[] = [
  table('newsletter_subscriber', {
    columns: [
      int('subscriber_id', unsigned, identity),
      smallint('store_id', unsigned, nullable, defaultTo(0)),
      timestamp('change_status_at', nullable),
      int('customer_id', unsigned, defaultTo(0)),
      varchar('subscriber_email', 150, nullable),
      int('subscriber_status', defaultTo(0)),
      varchar('subscriber_confirm_code', 32, nullable),
    ],
    primaryKey: ['subscriber_id'],
    indexes: [['customer_id'], ['store_id'], ['subscriber_email']],
    foreignKeys: [reference('store_id', 'store.store_id', 'SET NULL')],
  }),
  table('newsletter_template', {
    columns: [
      int('template_id', unsigned, identity),
      varchar('template_code', 150, nullable),
      text('template_text', nullable),
      text('template_styles', nullable),
      int('template_type', unsigned, nullable),
      varchar('template_subject', 200, nullable),
      varchar('template_sender_name', 200, nullable),
      varchar('template_sender_email', 200, nullable),
      smallint('template_actual', unsigned, nullable, defaultTo(1)),
      timestamp('added_at', nullable),
      timestamp('modified_at', nullable),
      boolean('is_legacy', defaultTo(0)),
    ],
    primaryKey: ['template_id'],
    indexes: [['template_actual'], ['added_at'], ['modified_at']],
  }),
  table('newsletter_queue', {
    columns: [
      int('queue_id', unsigned, identity),
      int('template_id', unsigned, defaultTo(0)),
      int('newsletter_type', nullable),
      text('newsletter_text', nullable),
      text('newsletter_styles', nullable),
      varchar('newsletter_subject', 200, nullable),
      varchar('newsletter_sender_name', 200, nullable),
      varchar('newsletter_sender_email', 200, nullable),
      int('queue_status', unsigned, defaultTo(0)),
      timestamp('queue_start_at', nullable),
      timestamp('queue_finish_at', nullable),
    ],
    primaryKey: ['queue_id'],
    indexes: [['template_id']],
    foreignKeys: [reference('template_id', 'newsletter_template.template_id', 'CASCADE')],
  }),
  table('newsletter_queue_link', {
    columns: [
      int('queue_link_id', unsigned, identity),
      int('queue_id', unsigned, defaultTo(0)),
      int('subscriber_id', unsigned, defaultTo(0)),
      timestamp('letter_sent_at', nullable),
    ],
    primaryKey: ['queue_link_id'],
    indexes: [['subscriber_id'], ['queue_id', 'letter_sent_at']],
    foreignKeys: [
      reference('queue_id', 'newsletter_queue.queue_id', 'CASCADE'),
      reference('subscriber_id', 'newsletter_subscriber.subscriber_id', 'CASCADE'),
    ],
  }),
  table('newsletter_queue_store_link', {
    columns: [int('queue_id', unsigned, defaultTo(0)), smallint('store_id', unsigned, defaultTo(0))],
    primaryKey: ['queue_id', 'store_id'],
    indexes: [['store_id']],
    foreignKeys: [
      reference('queue_id', 'newsletter_queue.queue_id', 'CASCADE'),
      reference('store_id', 'store.store_id', 'CASCADE'),
    ],
  }),
  table('newsletter_problem', {
    columns: [
      int('problem_id', unsigned, identity),
      int('subscriber_id', unsigned, nullable),
      int('queue_id', unsigned, defaultTo(0)),
      int('problem_error_code', unsigned, nullable, defaultTo(0)),
      varchar('problem_error_text', 200, nullable),
    ],
    primaryKey: ['problem_id'],
    indexes: [['subscriber_id'], ['queue_id']],
    foreignKeys: [
      reference('queue_id', 'newsletter_queue.queue_id', 'CASCADE'),
      reference('subscriber_id', 'newsletter_subscriber.subscriber_id', 'CASCADE'),
    ],
  }),
];
