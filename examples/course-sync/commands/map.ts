import { Connections } from 'vestibule/connection';
import { CustomerGroups } from 'vestibule/customer';
import { Clock, command, Database } from 'vestibule/framework';
import { type Mapping, type MappingKind, Mappings, mappingKinds, type Parting, partings } from '../course/mapping.ts';
import { actor, subjectOf } from './given.ts';

const kindWords: Readonly<Record<MappingKind, string>> = {
  product: 'SKU',
  'customer-group': 'customer group',
  'scim-group': 'group',
};

/** One line of the map, for people. */
export function mappingLine(mapping: Mapping): string {
  const { id, kind, subject, connectionId, course, keeps, parting, walking } = mapping;
  const notes = [
    ...(connectionId === null ? [] : [`connection ${connectionId} only`]),
    ...(keeps ? ['keeps enrolments'] : []),
    ...(parting === null ? [] : ['being removed']),
    ...(walking ? ['looking at everybody whom it concerns'] : []),
  ];
  return `${String(id).padStart(6)}  ${kindWords[kind]} ${subject} → ${course}${notes.length === 0 ? '' : `  (${notes.join(', ')})`}`;
}

/** `course:map` */
export const mapCommand = command('course:map', {
  describe: 'Enrol in a course whoever buys a product or is in a group',
  options: {
    sku: { type: 'string', describe: 'SKU of a product' },
    customerGroup: { type: 'string', describe: 'Code of a customer group of the store' },
    scimGroup: { type: 'string', describe: "Name of an identity provider's group" },
    connection: { type: 'string', describe: 'Code of the only connection whose group of that name counts' },
    course: { type: 'string', describe: 'The course, as the LMS calls it', required: true },
    keep: { type: 'boolean', describe: 'Enrolments stay after a refund or leaving', default: false },
  },
  inject: { database: Database, mappings: Mappings, groups: CustomerGroups, connections: Connections, clock: Clock },
  async run({ course, keep, ...given }, { database, mappings, clock, ...rooms }) {
    const subject = await subjectOf(database, given, rooms);
    return database.transaction((tx) => mappings.add(tx, { ...subject, course, keeps: keep }, clock.now(), actor));
  },
  print: (mapping) => mappingLine(mapping),
});

/** `course:unmap` */
export const unmapCommand = command('course:unmap', {
  describe: 'Remove a line of the map',
  options: {
    id: { type: 'number', describe: 'Number of the line; course:list shows it', required: true, position: 0 },
    enrolments: {
      type: 'string',
      describe: 'Whether customers stay in the course, or are taken out where nothing else grants it',
      choices: partings,
      required: true,
    },
  },
  inject: { database: Database, mappings: Mappings, clock: Clock },
  async run({ id, enrolments }, { database, mappings, clock }) {
    await database.transaction((tx) => mappings.remove(tx, id, enrolments as Parting, clock.now(), actor));
    return { removed: id, enrolments };
  },
  print: ({ removed, enrolments }) =>
    `Line ${removed} is being removed; its enrolments ${enrolments === 'keep' ? 'stay' : 'are taken back'}.`,
});

/** `course:list` */
export const listCommand = command('course:list', {
  describe: 'List which products and groups stand for which courses',
  options: {
    kind: { type: 'string', describe: 'Only these', choices: mappingKinds },
    text: { type: 'string', describe: 'Only those whose SKU, group or course begins so' },
    after: { type: 'number', describe: 'Only those behind this number', default: 0 },
    limit: { type: 'number', describe: 'How many at most (1 to 1000)', default: 200 },
  },
  inject: { database: Database, mappings: Mappings },
  run({ kind, text, after, limit }, { database, mappings }) {
    const most = Math.min(Math.max(Math.trunc(limit), 1), 1_000);
    return mappings.page(database, { kind: kind as MappingKind | undefined, text }, after, most);
  },
  print: (all) => (all.length === 0 ? 'The map is empty; course:map adds to it.' : all.map(mappingLine).join('\n')),
});
