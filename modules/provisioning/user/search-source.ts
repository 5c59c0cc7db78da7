import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import { type Dialect, raw, type Sql, sql } from '../../framework/index.ts';
import { printPath } from '../../scim/index.ts';
import { userGroupElements } from '../group/user-group-elements.ts';
import type { Room } from '../room.ts';
import { documentAttribute } from '../search/document.ts';
import type { Complex, FixedTexts, IndexedOrder, Scalar, SearchAttribute, SearchSource } from '../search/source.ts';
import { formTarget, settling, timeTarget } from './search-settling.ts';
import { parseUserId } from './user-id.ts';

/** How the users of a connection stand in SQL, as reads show them under this base URL. */
export async function userSource(room: Room, connection: Connection, baseUrl: string): Promise<SearchSource> {
  const { database, customers } = room;
  const mapping = room.mapping.of(connection);
  const { dialect } = database;
  const { id: connectionId } = connection;
  const type = mapping.resourceType();
  const { expressions } = await customers.selection(database);
  const columns = columnsOf(dialect, connection, baseUrl, displayTargets(mapping));
  const inDocument = { document: sql`d.document`, search: sql`d.search`, needs: ['document'] };

  const schemas = (): FixedTexts => ({
    is: 'texts',
    caseExact: true,
    needs: ['document'],
    targets: [
      formTarget,
      ...type.extensions.flatMap(({ schema }) =>
        schema.attributes.flatMap((attribute) => mapping.targetsOf({ schema, extension: true, attribute })),
      ),
    ],
    texts: [
      { text: type.schema.id },
      ...type.extensions.map(({ schema }) => ({
        text: schema.id,
        when: dialect.jsonHas(sql`COALESCE(d.search, d.document)`, [schema.id]),
      })),
    ],
  });

  return {
    type: 'User',
    connectionId,
    key: sql`u.customer_id`,
    from: sql`{vestibule_user} u`,
    listing: sql`{vestibule_user} u ${dialect.readBy('vestibule_user_listing')}`,
    inOrder: dialect.joinsAsWritten,
    scope: sql`u.connection_id = ${connectionId} AND u.is_deleted = 0`,
    joins: {
      customer: sql`JOIN {customer_entity} c ON c.entity_id = u.customer_id`,
      document: sql`JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id`,
    },
    attribute(path): SearchAttribute | undefined {
      const name = printPath(path);
      const own = columns.get(name);
      if (own) return own;
      if (name === 'schemas') return schemas();
      if (name === 'groups') return userGroupElements(dialect, baseUrl);
      // The version is a digest of what is shown, and stands nowhere.
      if (name.startsWith('meta')) return undefined;
      const found = documentAttribute(dialect, inDocument, path, [...mapping.targetsOf(path), formTarget]);
      return name === 'emails' && found.is === 'elements'
        ? { ...found, sub: withLookUp(found.sub, connectionId) }
        : found;
    },
    settling: settling(room, connection, expressions),
  };
}

const byKey = (connectionId: number, column: string, condition: Sql) => ({
  keys: sql`SELECT u.customer_id AS id FROM {vestibule_user} u WHERE u.connection_id = ${connectionId} AND ${raw(column)} = ${condition}`,
});

const orderBy = (dialect: Dialect, connectionId: number, column: string, index: string): IndexedOrder => ({
  from: sql`{vestibule_user} o ${dialect.readBy(index)}`,
  scope: sql`o.connection_id = ${connectionId}`,
  column: raw(column),
  key: sql`o.customer_id`,
});

/** What of the store shows as a user's display name; nothing in the mappings that come with profiles. */
function displayTargets(mapping: ConnectionMapping): readonly string[] {
  const { schema } = mapping.resourceType();
  const attribute = schema.byName.get('displayname');
  const targets = attribute ? mapping.targetsOf({ schema, extension: false, attribute }) : [];
  return targets.length === 0 ? targets : [...targets, formTarget];
}

const exists: Complex = { is: 'complex', exists: sql`1 = 1` };

/** Attributes that stand in columns of their own, by canonical path. */
function columnsOf(
  dialect: Dialect,
  connection: Connection,
  baseUrl: string,
  display: readonly string[],
): ReadonlyMap<string, SearchAttribute> {
  const { id: connectionId } = connection;
  const idText = sql`CASE u.generation WHEN 0 THEN CAST(u.customer_id AS CHAR) ELSE CONCAT(u.customer_id, '-', u.generation) END`;
  const location = `${baseUrl}/Users/`;
  const idLookUp = (text: string) => {
    const id = parseUserId(text);
    if (!id) return undefined;
    const keys = sql`SELECT u.customer_id AS id FROM {vestibule_user} u WHERE u.customer_id = ${id.customerId} AND u.connection_id = ${connectionId} AND u.generation = ${id.generation}`;
    return { keys, few: true };
  };
  const scalars: readonly (readonly [string, Scalar | Complex | FixedTexts])[] = [
    [
      'id',
      {
        is: 'scalar',
        kind: 'exact',
        value: dialect.bytes(idText),
        nullable: false,
        lookUp: (value) => idLookUp(String(value)),
        order: 'key',
      },
    ],
    [
      'userName',
      {
        is: 'scalar',
        kind: 'text',
        value: sql`u.user_name_key`,
        nullable: false,
        lookUp: (value) => ({ ...byKey(connectionId, 'u.user_name_key', sql`${value}`), few: true }),
        order: { ...orderBy(dialect, connectionId, 'o.user_name_key', 'vestibule_user_name'), unique: true },
      },
    ],
    [
      'externalId',
      {
        is: 'scalar',
        kind: 'exact',
        value: sql`u.external_id`,
        nullable: true,
        lookUp: (value) => ({ ...byKey(connectionId, 'u.external_id', sql`${value}`), few: true }),
        order: { ...orderBy(dialect, connectionId, 'o.external_id', 'vestibule_user_external'), unique: true },
      },
    ],
    [
      'displayName',
      {
        is: 'scalar',
        kind: 'text',
        value: sql`u.display_key`,
        nullable: true,
        // Where the store may change it, everybody is settled before the index is read.
        ...(display.length === 0
          ? { lookUp: (value) => ({ ...byKey(connectionId, 'u.display_key', sql`${value}`), few: false }) }
          : { targets: display, needs: ['document'] }),
        order: orderBy(dialect, connectionId, 'o.display_key', 'vestibule_user_display'),
      },
    ],
    ['active', { is: 'scalar', kind: 'flag', value: sql`c.is_active`, nullable: false, needs: ['customer'] }],
    ['meta', exists],
    ['meta.resourceType', { is: 'texts', caseExact: true, texts: [{ text: 'User' }] }],
    ['meta.created', { is: 'scalar', kind: 'second', value: sql`c.created_at`, nullable: false, needs: ['customer'] }],
    [
      'meta.lastModified',
      {
        is: 'scalar',
        kind: 'time',
        value: sql`d.modified_at`,
        nullable: false,
        needs: ['document'],
        order: {
          from: sql`{vestibule_user_document} o ${dialect.readBy('vestibule_user_document_modified')}`,
          scope: sql`o.connection_id = ${connectionId}`,
          column: sql`o.modified_at`,
          key: sql`o.customer_id`,
        },
        targets: [timeTarget],
      },
    ],
    [
      'meta.location',
      {
        is: 'scalar',
        kind: 'exact',
        value: dialect.bytes(sql`CONCAT(${location}, ${idText})`),
        nullable: false,
        lookUp: (value) =>
          String(value).startsWith(location) ? idLookUp(String(value).slice(location.length)) : undefined,
      },
    ],
  ];
  return new Map(scalars);
}

/**
 * `emails.value eq`: whose e-mails hold it as they were last seen, and whose customer has got it in the store since. The
 * condition, asked once these are settled, decides.
 */
function withLookUp(
  sub: (name: string | undefined) => Scalar | FixedTexts | undefined,
  connectionId: number,
): typeof sub {
  return (name) => {
    const found = sub(name);
    if (name !== 'value' || found?.is !== 'scalar') return found;
    return {
      ...found,
      lookUp: (value) => ({
        keys: sql`SELECT e.customer_id AS id FROM {vestibule_user_email} e WHERE e.connection_id = ${connectionId} AND e.value_key = ${value} UNION SELECT u.customer_id AS id FROM {customer_entity} ce JOIN {vestibule_user} u ON u.customer_id = ce.entity_id WHERE ce.email = ${value} AND u.connection_id = ${connectionId}`,
        few: true,
      }),
    };
  };
}
