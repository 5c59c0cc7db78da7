import type { Profile } from '../../connection/index.ts';
import type { DirectRow, MappingDocument } from '../document/document.ts';
import { addressRows, flatAddressRows, flatAddressSources, personRows } from './rows.ts';

/** What a preset differs in from the generic one. */
interface Variation {
  /** A row by its id, with what is different about it. */
  readonly changes?: Readonly<Record<string, Partial<DirectRow>>>;
  readonly flatAddress?: boolean;
}

/**
 * RFC 7643 asks for two letters and has "USA" in its own example, and people who fill countries in by hand write names as
 * often as codes; what can't be read counts as none.
 */
const countryNames: Partial<DirectRow> = {
  transforms: [{ name: 'country', unreadable: 'nothing' }],
  comment: 'Takes names of countries as well as codes.',
};

const byHand: Variation = { changes: { country: countryNames, 'flat-country': countryNames } };

const nothingElse: Variation = {};

const variations: Readonly<Record<Profile, Variation>> = {
  generic: byHand,
  'interop-strict': nothingElse,
  okta: byHand,
  entra: byHand,
  miniorange: { ...byHand, flatAddress: true },
  onelogin: byHand,
  jumpcloud: byHand,
  google: byHand,
  pingone: byHand,
  centrify: byHand,
};

function documentOf({ changes = {}, flatAddress = false }: Variation): MappingDocument {
  const rows = [...personRows, ...addressRows, ...(flatAddress ? flatAddressRows : [])];
  return deepFrozen({
    version: 1,
    rows: rows.map((row) => ({ ...row, ...changes[row.id] })),
    ...(flatAddress ? { sources: flatAddressSources } : {}),
  });
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) deepFrozen(inner);
  return Object.freeze(value);
}

const presets = new Map<Variation, MappingDocument>();

/** Whether this very document comes with a profile: a copy that somebody has published is theirs. */
export const isPreset = (document: MappingDocument): boolean => [...presets.values()].includes(document);

/** The mapping that comes with a profile: frozen, and the same object each time, for profiles that have the same too. */
export function presetFor(profile: Profile): MappingDocument {
  const variation = variations[profile];
  const known = presets.get(variation);
  if (known) return known;
  const made = documentOf(variation);
  presets.set(variation, made);
  return made;
}
