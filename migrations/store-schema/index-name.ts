import { createHash } from 'node:crypto';

/** The longest identifier MySQL takes. */
const LIMIT = 64;

/** Magento's abbreviations, which it applies only to names over the limit. */
const SHORTER: Readonly<Record<string, string>> = {
  address: 'addr',
  admin: 'adm',
  aggregat: 'aggr',
  agreement: 'agrt',
  attribute: 'attr',
  bundle: 'bndl',
  calculation: 'calc',
  catalog: 'cat',
  category: 'ctgr',
  checkout: 'chkt',
  compare: 'cmp',
  customer: 'cstr',
  datetime: 'dtime',
  decimal: 'dec',
  directory: 'dir',
  downloadable: 'dl',
  element: 'elm',
  enterprise: 'ent',
  entity: 'entt',
  fieldset: 'fset',
  gallery: 'glr',
  index: 'idx',
  inventory: 'inv',
  label: 'lbl',
  layout: 'lyt',
  link: 'lnk',
  media: 'mda',
  minimal: 'min',
  newsletter: 'nlttr',
  notification: 'ntfc',
  option: 'opt',
  product: 'prd',
  query: 'qr',
  resource: 'res',
  search: 'srch',
  session: 'sess',
  shipping: 'shpp',
  status: 'sts',
  super: 'spr',
  title: 'ttl',
  user: 'usr',
  value: 'val',
  varchar: 'vchr',
  website: 'ws',
};
// The longest word wins at each place.
const WORDS = new RegExp(
  Object.keys(SHORTER)
    .sort((a, b) => b.length - a.length)
    .join('|'),
  'g',
);

function fitted(name: string, kind: string): string {
  if (name.length <= LIMIT) return name.toUpperCase();
  const short = name.replace(WORDS, (word) => SHORTER[word] ?? word);
  if (short.length <= LIMIT) return short.toUpperCase();
  return `${kind}_${createHash('md5').update(name).digest('hex')}`.toUpperCase();
}

/**
 * The name Magento gives an index: table (with its prefix) and columns in upper case; over 64 characters with words
 * abbreviated, and if that is still too long the kind and an md5 digest of the name.
 */
export function indexName(table: string, columns: readonly string[], kind: 'IDX' | 'UNQ' | 'FTI'): string {
  return fitted([table, ...columns].join('_'), kind);
}

/** The name Magento gives a foreign key, by the same rule; both tables with their prefix. */
export function foreignKeyName(table: string, column: string, target: string, references: string): string {
  return fitted([table, column, target, references].join('_'), 'FK');
}
