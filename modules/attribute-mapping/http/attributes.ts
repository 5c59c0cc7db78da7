import { Activities } from '../../activity/index.ts';
import { Connections } from '../../connection/index.ts';
import {
  type AttributeDefinition,
  attributeInputs,
  backendTypes,
  CustomerAttributes,
  type OptionDefinition,
} from '../../customer/index.ts';
import { Clock, Database, HttpError, type Route, route } from '../../framework/index.ts';
import { recordAttribute } from '../version/attribute-record.ts';
import { attributeSummary, usualType } from '../version/attribute-summary.ts';
import { MappingVersions } from '../version/version.ts';
import { answering } from './answer.ts';
import { authorOf, flag, requiredText, sent, text, wholeNumber } from './asked.ts';
import { attributeOperations } from './operations.ts';

type Sent = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Sent =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const bad = (message: string): HttpError => new HttpError(400, 'REQUEST_INVALID', message);

function oneOf<T extends string>(given: unknown, name: string, known: readonly T[]): T | undefined {
  const value = text(given, name);
  const found = known.find((one) => one === value);
  if (value !== undefined && found === undefined) throw bad(`"${name}" is one of ${known.join(', ')}.`);
  return found;
}

function listOf<T>(given: unknown, name: string, read: (item: unknown) => T): readonly T[] | undefined {
  if (given === undefined) return undefined;
  if (!Array.isArray(given)) throw bad(`"${name}" is a list.`);
  return given.map(read);
}

function readOption(option: unknown): string | OptionDefinition {
  if (typeof option === 'string') return option;
  if (!isObject(option)) throw bad('An option is a label, or an object with "label" and "storeLabels".');
  const label = requiredText(option.label, 'label');
  if (option.storeLabels === undefined) return label;
  if (!isObject(option.storeLabels)) throw bad('"storeLabels" is an object of labels by codes of store views.');
  const labels = Object.entries(option.storeLabels).map(([code, value]) => [code, requiredText(value, code)]);
  return { label, storeLabels: Object.fromEntries(labels) };
}

function definitionFrom(body: Sent): AttributeDefinition {
  const input = oneOf(body.input, 'input', attributeInputs);
  const options = listOf(body.options, 'options', readOption);
  const forms = listOf(body.forms, 'forms', (form) => requiredText(form, 'forms'));
  const defaultValue = text(body.defaultValue, 'defaultValue');
  const sortOrder = wholeNumber(body.sortOrder, 'sortOrder');
  const { grid } = body;
  if (grid !== undefined && !isObject(grid))
    throw bad('"grid" is an object: {"filterable": true, "searchable": true}.');
  return {
    code: requiredText(body.code, 'code'),
    label: requiredText(body.label, 'label'),
    backendType: oneOf(body.backendType, 'backendType', backendTypes) ?? usualType[input ?? 'text'],
    ...(input && { input }),
    ...(options && { options }),
    ...(defaultValue !== undefined && { defaultValue }),
    ...(flag(body.required, 'required') && { required: true }),
    ...(sortOrder !== undefined && { sortOrder }),
    ...(forms && { forms }),
    ...(grid && {
      grid: { filterable: flag(grid.filterable, 'filterable'), searchable: flag(grid.searchable, 'searchable') },
    }),
  };
}

const list = route('GET /admin/api/v1/customer-attributes', {
  operation: attributeOperations.list,
  area: 'admin',
  acl: 'attribute-mapping::view',
  inject: { database: Database, attributes: CustomerAttributes },
  handle: (_, response, { database, attributes }) =>
    answering(response, async () => ({ attributes: (await attributes.all(database)).map(attributeSummary) })),
});

/** What of the body asks for a row in the draft of a connection. */
function mapFrom(body: Sent): { connection: string; source: string } | undefined {
  if (body.map === undefined) return undefined;
  if (!isObject(body.map)) throw bad('"map" is an object: {"connection": "okta", "source": "urn:…:User:department"}.');
  return {
    connection: requiredText(body.map.connection, 'map.connection'),
    source: requiredText(body.map.source, 'map.source'),
  };
}

const create = route('POST /admin/api/v1/customer-attributes', {
  operation: attributeOperations.create,
  area: 'admin',
  acl: 'attribute-mapping::attributes',
  reads: 'json',
  inject: {
    database: Database,
    connections: Connections,
    attributes: CustomerAttributes,
    versions: MappingVersions,
    activities: Activities,
    clock: Clock,
  },
  handle: (request, response, { database, connections, attributes, versions, activities, clock }) =>
    answering(
      response,
      async () => {
        const [definition, map, now] = [definitionFrom(sent(request)), mapFrom(sent(request)), clock.now()];
        const connection = map && (await connections.byCode(database, map.connection));
        return database.transaction(async (tx) => {
          const attribute = await attributes.create(tx, definition, now);
          const author = authorOf(request);
          recordAttribute(tx, activities, attribute, { author, now });
          if (!map || !connection) return { attribute: attributeSummary(attribute) };
          const change = { author, publish: false };
          const { draft } = await versions.mapAttribute(tx, connection, attribute, map.source, change, now);
          return { attribute: attributeSummary(attribute), draft };
        });
      },
      201,
    ),
});

/** The administration's API to the customer attributes of the store. Mapping one at once changes the draft only. */
export const attributeRoutes: readonly Route[] = [list, create];
