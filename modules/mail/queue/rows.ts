import { raw, type Sql } from '../../framework/index.ts';
import type { MailState } from '../mail.ts';

/** A mail as lists show it. What it says is not in it. */
export interface MailRecord {
  readonly id: number;
  readonly template: string;
  readonly websiteId: number;
  readonly topic: string | null;
  /** Null while the recipient is not known. */
  readonly to: string | null;
  readonly state: MailState;
  /** How often it was handed to a server, or tried to be. */
  readonly attempts: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Waiting: when it is due. Sending: since when. Otherwise when it ended. */
  readonly at: string;
  /** Why it waits, failed or was withdrawn: a sentence for people. */
  readonly note: string | null;
}

export interface MailRow {
  readonly mail_id: number;
  readonly template: string;
  readonly website_id: number;
  readonly topic: string | null;
  readonly to_address: string | null;
  readonly state: MailState;
  readonly attempts: number;
  readonly created_ms: number;
  readonly at_ms: number;
  readonly note: string | null;
}

export const mailColumns: Sql = raw(
  'mail_id, template, website_id, topic, to_address, state, attempts, created_ms, at_ms, note',
);

export const readMail = (row: MailRow): MailRecord => ({
  id: row.mail_id,
  template: row.template,
  websiteId: row.website_id,
  topic: row.topic,
  to: row.to_address,
  state: row.state,
  attempts: row.attempts,
  createdAt: new Date(row.created_ms).toISOString(),
  at: new Date(row.at_ms).toISOString(),
  note: row.note,
});
