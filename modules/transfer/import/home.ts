import type { AttributeValue } from '../../customer/index.ts';
import { groupColumn } from '../column/names.ts';
import { quoted, ValueRefused } from '../transfer-error.ts';
import type { RowReading } from './reading.ts';
import type { Surroundings } from './surroundings.ts';

/** Where a row's customer belongs: website, store view and group, as the file names them. */
export function homeIn(
  reading: RowReading,
  { websites, stores, groups }: Surroundings,
  given: { readonly websiteId: number | undefined; readonly known: boolean },
): { readonly websiteId: number | undefined; readonly attributes: Readonly<Record<string, AttributeValue>> } {
  const attributes: Record<string, AttributeValue> = {};
  const said = reading.read('_website', (text) => oneOf('website', websites, text).id);
  const silent = (reading.value('_website') ?? null) === null;
  const only = websites.length === 1 ? websites[0]?.id : undefined;
  const websiteId = said ?? given.websiteId ?? (given.known ? undefined : only);
  if (websiteId === undefined && !given.known && silent)
    reading.fault('_website', `The row names no website. Write one of ${codes(websites)}, or give --website.`);

  const store = reading.read('_store', (text) => {
    const found = oneOf('store view', stores, text);
    // The administration's: Magento writes it for customers that an administrator made.
    if (found.id !== 0 && websiteId !== undefined && found.websiteId !== websiteId)
      throw new ValueRefused(`The store view ${quoted(text)} belongs to another website. Write one of the customer's.`);
    return found.id;
  });
  if (store) attributes.store_id = store;

  const group =
    reading.read(groupColumn, (text) => oneOf('customer group', groups, text).id) ??
    reading.read('group_id', (text) => groupOf(groups, text));
  if (group) attributes.group_id = group;
  return { websiteId, attributes };
}

interface Named {
  readonly id: number;
  readonly code: string;
}

/** @throws ValueRefused */
function oneOf<T extends Named>(what: string, all: readonly T[], text: string): T {
  const wanted = text.trim().toLowerCase();
  const found = all.find(({ code }) => code.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new ValueRefused(`There is no ${what} ${quoted(text)}. Write one of ${codes(all)}, or create it first.`);
}

const codes = (all: readonly Named[]): string => {
  const shown = all.slice(0, 12).map(({ code }) => code);
  return `${shown.join(', ')}${all.length > 12 ? ', …' : ''}`;
};

/** Magento's files have the id; the code serves too. */
const groupOf = (groups: readonly Named[], text: string): number =>
  groups.find(({ id }) => String(id) === text.trim())?.id ?? oneOf('customer group', groups, text).id;
