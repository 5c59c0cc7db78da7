import { scopes } from '../../connection/index.ts';
import { type Database, idList, sql } from '../../framework/index.ts';
import { isObject } from '../../scim/index.ts';
import { authorize } from '../http/door.ts';
import type { Caller } from '../room.ts';
import { printUserId } from '../user/user-id.ts';
import { type DeskParts, makeDesk } from './make-desk.ts';
import type { UserDesk } from './user-desk.ts';

export function createUserDesk(parts: DeskParts & { readonly database: Database }): UserDesk {
  const { database, mapping } = parts;
  const desk = makeDesk(parts, authorize, 'a request of another protocol');
  return {
    async carry({ connection, tokenId, actor, requestId }, errand) {
      await mapping.ready(database, connection);
      const caller: Caller = { connection, tokenId, tokenName: actor, actor, scopes, notes: [] };
      const { status, body, text, headers } = (await desk({ ...errand, caller, requestId })).answer;
      const told: unknown = text === undefined ? body : JSON.parse(text);
      const retryAfter = Number(headers?.['Retry-After']);
      return { status, body: isObject(told) ? told : {}, ...(Number.isFinite(retryAfter) ? { retryAfter } : {}) };
    },
    async idsOf(db, connection, customerIds) {
      const ids = new Map(customerIds.map((id) => [id, String(id)]));
      if (customerIds.length === 0) return ids;
      const rows = await db.all<{ customer_id: number; generation: number }>(
        sql`SELECT customer_id, generation FROM {vestibule_user} WHERE customer_id IN (${idList(customerIds)}) AND connection_id = ${connection.id} AND is_deleted = 0`,
      );
      for (const { customer_id, generation } of rows)
        ids.set(customer_id, printUserId({ customerId: customer_id, generation }));
      return ids;
    },
  };
}
