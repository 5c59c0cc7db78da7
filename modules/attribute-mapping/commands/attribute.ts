import { Activities } from '../../activity/index.ts';
import { Connections } from '../../connection/index.ts';
import {
  type AttributeDefinition,
  attributeForms,
  attributeInputs,
  backendTypes,
  CustomerAttributes,
} from '../../customer/index.ts';
import { Clock, type Command, command, Database, UsageError } from '../../framework/index.ts';
import { recordAttribute } from '../version/attribute-record.ts';
import { attributeSummary, usualType } from '../version/attribute-summary.ts';
import { type Mapped, MappingVersions } from '../version/version.ts';
import { draftText, publicationText } from './mapping-text.ts';
import { authorFrom } from './options.ts';

const gridParts = ['column', 'filter', 'search'] as const;

const options = {
  code: {
    type: 'string',
    describe: 'Code: lower case letters, digits and underscores, a letter first',
    required: true,
  },
  label: { type: 'string', describe: 'Label in the administration', required: true },
  type: {
    type: 'string',
    describe: 'Backend type: which value table; that of the input unless said (varchar without either)',
    choices: backendTypes,
  },
  input: { type: 'string', describe: 'Input; that of the type unless said (text)', choices: attributeInputs },
  option: {
    type: 'string',
    describe: 'Label of a choice of a select or multiselect; repeat in their order',
    many: true,
  },
  default: { type: 'string', describe: 'Default value; labels of choices, yes or no, a day such as 2024-02-29' },
  required: { type: 'boolean', describe: "Magento's forms insist on a value" },
  sortOrder: { type: 'number', describe: 'Place in forms', default: 200 },
  form: {
    type: 'string',
    describe: 'Form that shows it; repeat for more; adminhtml_customer unless said',
    choices: attributeForms,
    many: true,
  },
  grid: {
    type: 'string',
    describe: "In the administration's list of customers after Magento's next reindex: column, filter, search; repeat",
    choices: gridParts,
    many: true,
  },
  map: { type: 'string', describe: 'SCIM path that is mapped to it at once, such as urn:…:User:department' },
  connection: { type: 'string', describe: 'With --map: code of the connection' },
  publish: { type: 'boolean', describe: 'With --map: publish the mapping instead of changing the draft' },
  comment: { type: 'string', describe: 'With --publish: what was changed and why' },
  author: { type: 'string', describe: 'With --map: who changes the mapping; the user of this computer unless said' },
} as const;

type Given = Parameters<Parameters<typeof command<unknown, typeof options>>[1]['run']>[0];

/** The attribute that the options ask for. */
function definitionFrom(given: Given): AttributeDefinition {
  const input = attributeInputs.find((known) => known === given.input);
  const type = backendTypes.find((known) => known === given.type);
  const { grid } = given;
  return {
    code: given.code,
    label: given.label,
    backendType: type ?? usualType[input ?? 'text'],
    ...(input && { input }),
    ...(given.option && { options: given.option }),
    ...(given.default !== undefined && { defaultValue: given.default }),
    ...(given.required && { required: true }),
    sortOrder: given.sortOrder,
    ...(given.form && { forms: given.form }),
    ...(grid && { grid: { filterable: grid.includes('filter'), searchable: grid.includes('search') } }),
  };
}

interface Created extends Mapped {
  readonly attribute: ReturnType<typeof attributeSummary>;
  readonly connection?: string;
}

const create = command('attribute:create', {
  describe: "Create a customer attribute of the store, as Magento's administration would, and map it at once if wanted",
  options,
  inject: {
    database: Database,
    connections: Connections,
    attributes: CustomerAttributes,
    versions: MappingVersions,
    activities: Activities,
    clock: Clock,
  },
  async run(given, { database, connections, attributes, versions, activities, clock }): Promise<Created> {
    const { map, publish = false, comment } = given;
    if ((map === undefined) !== (given.connection === undefined))
      throw new UsageError('Say --map and --connection together, or neither.');
    if (publish && map === undefined) throw new UsageError('--publish is said with --map and --connection.');
    const connection =
      given.connection === undefined ? undefined : await connections.byCode(database, given.connection);
    const [definition, author, now] = [definitionFrom(given), authorFrom(given.author), clock.now()];
    await attributes.all(database);
    return database.transaction(async (tx) => {
      const attribute = await attributes.create(tx, definition, now);
      recordAttribute(tx, activities, attribute, { author, now });
      if (map === undefined || connection === undefined) return { attribute: attributeSummary(attribute) };
      const change = { author, comment, publish };
      const mapped = await versions.mapAttribute(tx, connection, attribute, map, change, now);
      return { attribute: attributeSummary(attribute), connection: connection.code, ...mapped };
    });
  },
  print: ({ attribute, connection = '', published, draft }) =>
    [
      `The customer attribute "${attribute.code}" is there (id ${attribute.id}, ${attribute.backendType}, ${attribute.input}).`,
      'Where Magento runs on this database, it sees the attribute after bin/magento cache:clean eav.',
      ...(attribute.inGrid
        ? ['The column in its list of customers appears with the next reindex (indexer:reindex customer_grid).']
        : []),
      ...(published ? [publicationText(connection, published)] : []),
      ...(draft ? [draftText(connection, draft)] : []),
    ].join('\n'),
});

const list = command('attribute:list', {
  describe: 'List the customer attributes of the store',
  options: { custom: { type: 'boolean', describe: "Only those that are not Magento's own" } },
  inject: { database: Database, attributes: CustomerAttributes },
  run: async ({ custom = false }, { database, attributes }) =>
    (await attributes.all(database)).filter(({ userDefined }) => userDefined || !custom).map(attributeSummary),
  print: (all) =>
    all.length === 0
      ? 'There is none; attribute:create makes one.'
      : all
          .map(
            ({ code, label, backendType, input, options: choices }) =>
              `${code}  ${label}  ${backendType}, ${input}${choices.length > 0 ? `: ${choices.map((one) => one.label).join(', ')}` : ''}`,
          )
          .join('\n'),
});

/** Commands about customer attributes; they stand here because an attribute is made to be mapped. */
export const attributeCommands: readonly Command[] = [create, list];
