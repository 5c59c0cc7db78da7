import { sql } from '../../framework/index.ts';
import { fold, invalidSyntax, isObject, type Resource } from '../../scim/index.ts';
import type { Room } from '../room.ts';
import { parseUserId, printUserId } from '../user/user-id.ts';
import type { PreviewQuestion } from './preview.ts';

export interface TriedRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** The user that it is of, as a SCIM id; undefined for a POST. */
  readonly id: string | undefined;
}

/** True for a body that is a PatchOp message, in whatever spelling. */
const isPatch = (body: unknown): boolean =>
  isObject(body) && Object.keys(body).some((name) => name.toLowerCase() === 'operations');

/**
 * The request by which an identity provider would send this body: a change where it is one or the user is managed already
 * (found by externalId, then by userName, as providers look users up), else a creation.
 *
 * @throws ScimError `invalidSyntax` for a change of nobody knows whom
 */
export async function requestFor(room: Room, { connection, body, method, id }: PreviewQuestion): Promise<TriedRequest> {
  const wanted = method ?? (isPatch(body) ? 'PATCH' : undefined);
  if (wanted === 'POST') return { method: 'POST', path: '/Users', id: undefined };
  const known = id ?? (isObject(body) ? await idOf(room, connection.id, body) : undefined);
  if (known !== undefined) return { method: wanted ?? 'PUT', path: `/Users/${encodeURIComponent(known)}`, id: known };
  if (wanted === undefined) return { method: 'POST', path: '/Users', id: undefined };
  throw invalidSyntax(`A ${wanted} is of one user: say which by its SCIM id (--id).`);
}

/** The living user that a document means: its own `id`, else by externalId, else by userName. */
async function idOf({ database }: Room, connectionId: number, body: Resource): Promise<string | undefined> {
  const text = (name: string): string => {
    const found = Object.entries(body).find(([key]) => key.toLowerCase() === name)?.[1];
    return typeof found === 'string' ? found : '';
  };
  const own = parseUserId(text('id'));
  const where = [
    ...(own ? [sql`customer_id = ${own.customerId} AND generation = ${own.generation}`] : []),
    ...(text('externalid') === '' ? [] : [sql`external_id = ${text('externalid')}`]),
    ...(text('username') === '' ? [] : [sql`user_name_key = ${fold(text('username'))}`]),
  ];
  for (const condition of where) {
    const row = await database.first<{ customer_id: number; generation: number }>(
      sql`SELECT customer_id, generation FROM {vestibule_user} WHERE connection_id = ${connectionId} AND is_deleted = 0 AND ${condition}`,
    );
    if (row) return printUserId({ customerId: row.customer_id, generation: row.generation });
  }
  return undefined;
}
