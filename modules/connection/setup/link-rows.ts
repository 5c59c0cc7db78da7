import { type Sql, sql, sqlTimestamp } from '../../framework/index.ts';
import type { SetupLink, SetupLinkState } from './setup-link.ts';

export interface LinkRow {
  link_id: number;
  connection_id: number;
  public_id: string;
  name: string;
  digest: string | null;
  may_choose_provider: number;
  created_by: string;
  created_at: string;
  expires_at: string;
  mailed_to: string | null;
  opened_at: string | null;
  session_digest: string | null;
  last_used_at: string | null;
  last_used_address: string | null;
  last_used_agent: string | null;
  token_public_id: string | null;
  ended_at: string | null;
  revoked_at: string | null;
}

/** Columns of a link, read by `readLink`. */
export const linkColumns: Sql = sql`link_id, connection_id, public_id, name, digest, may_choose_provider, created_by, created_at, expires_at, mailed_to, opened_at, session_digest, last_used_at, last_used_address, last_used_agent, token_public_id, ended_at, revoked_at`;

const stateOf = (row: LinkRow, at: string): SetupLinkState => {
  if (row.revoked_at !== null) return 'revoked';
  if (row.ended_at !== null) return 'done';
  if (row.expires_at <= at) return 'expired';
  return row.session_digest === null ? 'open' : 'taken';
};

export const readLink = (row: LinkRow, now: Date): SetupLink => ({
  id: row.link_id,
  connectionId: row.connection_id,
  publicId: row.public_id,
  name: row.name,
  state: stateOf(row, sqlTimestamp(now)),
  mayChooseProvider: row.may_choose_provider === 1,
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  mailedTo: row.mailed_to,
  openedAt: row.opened_at,
  lastUsedAt: row.last_used_at,
  lastUsedAddress: row.last_used_address,
  lastUsedAgent: row.last_used_agent,
  tokenPublicId: row.token_public_id,
});
