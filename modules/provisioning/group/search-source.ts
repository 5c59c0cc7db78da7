import { type Dialect, raw, type Sql, sql } from '../../framework/index.ts';
import { groupSchema } from '../../scim/index.ts';
import type { IndexedOrder, Scalar, SearchAttribute, SearchSource } from '../search/source.ts';
import { parseGroupId } from './group-id.ts';
import { memberElements } from './member-elements.ts';

/** How the groups of a connection stand in SQL, for filters, sorting and pages. */
export function groupSource(dialect: Dialect, connectionId: number, baseUrl: string): SearchSource {
  const order = (column: string): IndexedOrder => ({
    from: sql`{vestibule_group} o`,
    scope: sql`o.connection_id = ${connectionId}`,
    column: raw(`o.${column}`),
    key: sql`o.group_id`,
  });
  const found = (column: Sql) => (value: string | number) => ({
    keys: sql`SELECT group_id AS id FROM {vestibule_group} WHERE connection_id = ${connectionId} AND ${column} = ${value}`,
    few: true,
  });
  const text = (value: Sql): Scalar => ({ is: 'scalar', kind: 'exact', value: dialect.bytes(value), nullable: false });
  const time = (value: Sql): Scalar => ({ is: 'scalar', kind: 'time', value, nullable: false });
  const attributes: Readonly<Record<string, () => SearchAttribute>> = {
    id: () => ({
      ...text(sql`CONCAT('g', g.group_id)`),
      order: 'key',
      lookUp(value) {
        const groupId = parseGroupId(String(value));
        if (groupId === undefined) return undefined;
        return { keys: sql`SELECT group_id AS id FROM {vestibule_group} WHERE group_id = ${groupId}`, few: true };
      },
    }),
    externalId: () => ({
      is: 'scalar',
      kind: 'exact',
      value: sql`g.external_id`,
      nullable: true,
      lookUp: found(sql`external_id`),
      order: order('external_id'),
    }),
    displayName: () => ({
      is: 'scalar',
      kind: 'text',
      value: sql`g.display_key`,
      nullable: false,
      lookUp: found(sql`display_key`),
      order: order('display_key'),
    }),
    schemas: () => ({ is: 'texts', caseExact: true, texts: [{ text: groupSchema.id }] }),
    members: () => memberElements(dialect, connectionId, baseUrl),
    meta: () => ({ is: 'complex', exists: sql`1 = 1` }),
    'meta.resourceType': () => ({ is: 'texts', caseExact: true, texts: [{ text: 'Group' }] }),
    'meta.created': () => time(sql`g.created_at`),
    'meta.lastModified': () => time(sql`g.modified_at`),
    'meta.location': () => text(sql`CONCAT(${`${baseUrl}/Groups/g`}, g.group_id)`),
    'meta.version': () => text(sql`CONCAT('W/"', g.version, '"')`),
  };
  return {
    type: 'Group',
    connectionId,
    key: sql`g.group_id`,
    from: sql`{vestibule_group} g`,
    scope: sql`g.connection_id = ${connectionId}`,
    joins: {},
    attribute({ extension, attribute, subAttribute }) {
      if (extension) return undefined;
      return attributes[subAttribute ? `${attribute.name}.${subAttribute.name}` : attribute.name]?.();
    },
  };
}
