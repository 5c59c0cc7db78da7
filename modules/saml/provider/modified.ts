import type { ModifiedAttribute } from '../../activity/index.ts';
import type { ProviderRecord } from './rows.ts';

/** What differs, settings and facts each by its own name. */
export function modifiedOf(before: ProviderRecord, after: ProviderRecord): ModifiedAttribute[] {
  const [was, is] = [flat(before), flat(after)];
  return Object.keys(is)
    .filter((name) => JSON.stringify(was[name] ?? null) !== JSON.stringify(is[name] ?? null))
    .map((attribute) => ({ attribute, before: was[attribute], after: is[attribute] }));
}

const flat = ({ on, settings, idp, metadataUrl, metadataCertificate }: ProviderRecord): Record<string, unknown> => ({
  on,
  ...settings,
  ...(idp ? Object.fromEntries(Object.entries(idp).map(([name, value]) => [`idp.${name}`, value])) : {}),
  metadataUrl,
  metadataCertificate,
});
