import { randomUUID } from 'node:crypto';
import { type Connection, scopes } from '../../connection/index.ts';
import { everything } from '../../scim/index.ts';
import type { Caller, ProvisioningContext } from '../room.ts';

/** A context for work that no request asks for: an administrator's, through all users of a connection. */
export function runContext(connection: Connection, actor: string, now: Date): ProvisioningContext {
  const caller: Caller = { connection, tokenId: 0, tokenName: actor, scopes, notes: [], actor };
  return {
    caller,
    requestId: randomUUID(),
    now,
    mode: 'compat',
    // Nothing is answered, so nothing is located.
    baseUrl: '',
    projection: everything,
    notes: [],
    ignored: [],
  };
}
