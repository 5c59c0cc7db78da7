import { enterpriseUserSchema } from '../../scim/index.ts';
import type { Parameters } from '../http/parameters.ts';
import { unfit } from '../refusal.ts';

/** What customers are asked for by. */
export const filterParameters = [
  'id:in',
  'email:in',
  'name:in',
  'name:like',
  'company:in',
  'phone:in',
  'date_created',
  'date_created:min',
  'date_created:max',
  'date_modified',
  'date_modified:min',
  'date_modified:max',
  'sort',
] as const;

const quoted = (text: string): string => JSON.stringify(text);
const anyOf = (terms: readonly string[]): string => (terms.length === 1 ? `${terms[0]}` : `(${terms.join(' or ')})`);
const given = 'name.givenName';
const family = 'name.familyName';

/** A name is first name, blank, last name; each of them may have blanks of its own, and one of them may be missing. */
function nameIs(text: string): string {
  const words = text.split(/\s+/);
  const splits = words.slice(1).map((_, at) => {
    const [first, last] = [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')];
    return `(${given} eq ${quoted(first)} and ${family} eq ${quoted(last)})`;
  });
  return anyOf([`${given} eq ${quoted(text)}`, `${family} eq ${quoted(text)}`, ...splits]);
}

function nameHas(text: string): string {
  const words = text.split(/\s+/);
  const splits = words.slice(1).map((_, at) => {
    const [first, last] = [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')];
    return `(${given} ew ${quoted(first)} and ${family} sw ${quoted(last)})`;
  });
  return anyOf([`${given} co ${quoted(text)}`, `${family} co ${quoted(text)}`, ...splits]);
}

/** A moment, or a whole day where no time was said: its first and its last millisecond. @throws StoreRefusal 422 */
function spanOf(name: string, text: string): readonly [first: string, last: string] {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  // A plus that nobody encoded has become a blank.
  const signed = text.replace(/(T.*) (\d{2}:?\d{2})$/, '$1+$2');
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(signed) ? signed : `${signed}Z`;
  const moment = Date.parse(day ? `${text}T00:00:00Z` : zoned.replace(' ', 'T'));
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(moment))
    throw unfit(name, `"${name}" has to be a date or a moment, such as 2024-05-14 or 2024-05-14T09:34:00.`);
  const length = day ? 86_400_000 : 1_000;
  return [new Date(moment).toISOString(), new Date(moment + length - 1).toISOString()];
}

function timesOf(parameters: Parameters, name: 'date_created' | 'date_modified', attribute: string): readonly string[] {
  const at = (suffix: string) => parameters.text(`${name}${suffix}`);
  const [exact, from, to] = [at(''), at(':min'), at(':max')];
  const terms: string[] = [];
  if (exact !== undefined) {
    const [first, last] = spanOf(name, exact);
    terms.push(`${attribute} ge ${quoted(first)}`, `${attribute} le ${quoted(last)}`);
  }
  if (from !== undefined) terms.push(`${attribute} ge ${quoted(spanOf(`${name}:min`, from)[0])}`);
  if (to !== undefined) terms.push(`${attribute} le ${quoted(spanOf(`${name}:max`, to)[1])}`);
  return terms;
}

/**
 * What is asked for as a SCIM filter; undefined for everybody, null for nobody. `scimId` tells the id of the user that a
 * customer is.
 *
 * @throws StoreRefusal 422
 */
export function filterOf(parameters: Parameters, scimId: (customerId: number) => string): string | undefined | null {
  const lists: readonly (readonly [items: readonly string[] | undefined, term: (item: string) => string])[] = [
    [parameters.ids('id:in')?.map(String), (item) => `id eq ${quoted(scimId(Number(item)))}`],
    [parameters.list('email:in'), (item) => `emails.value eq ${quoted(item.replaceAll(' ', '+'))}`],
    [parameters.list('name:in'), nameIs],
    [parameters.list('name:like'), nameHas],
    [parameters.list('company:in'), (item) => `${enterpriseUserSchema.id}:organization eq ${quoted(item)}`],
    [parameters.list('phone:in'), (item) => `phoneNumbers.value eq ${quoted(item)}`],
  ];
  const terms: string[] = [];
  for (const [items, term] of lists) {
    if (items?.length === 0) return null;
    if (items) terms.push(anyOf(items.map(term)));
  }
  terms.push(
    ...timesOf(parameters, 'date_created', 'meta.created'),
    ...timesOf(parameters, 'date_modified', 'meta.lastModified'),
  );
  return terms.length === 0 ? undefined : terms.join(' and ');
}

const sortable: Readonly<Record<string, string>> = {
  date_created: 'meta.created',
  date_modified: 'meta.lastModified',
  last_name: family,
};

/** `last_name:desc` as SCIM says it. @throws StoreRefusal 422 */
export function sortOf(parameters: Parameters): Readonly<Record<string, string>> {
  const text = parameters.text('sort');
  if (text === undefined || text === '') return {};
  const [name = '', order = 'asc'] = text.split(':');
  const sortBy = sortable[name];
  if (sortBy !== undefined && (order === 'asc' || order === 'desc'))
    return { sortBy, sortOrder: order === 'asc' ? 'ascending' : 'descending' };
  const choices = Object.keys(sortable).flatMap((one) => [`${one}:asc`, `${one}:desc`]);
  throw unfit('sort', `"sort" has to be one of ${choices.join(', ')}.`);
}
