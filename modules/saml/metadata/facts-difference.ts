import type { ModifiedAttribute } from '../../activity/index.ts';
import type { IdpFacts } from '../provider/idp-facts.ts';

/** How long metadata says that it is good changes with every reading, and is no news. */
const noNews: ReadonlySet<string> = new Set(['validUntil']);

/** JSON with members in the order of their names, so that equal facts are equal texts. */
const textOf = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** What an identity provider's facts say differently. */
export const factsDifference = (before: IdpFacts | undefined, after: IdpFacts): ModifiedAttribute[] =>
  (Object.keys(after) as (keyof IdpFacts)[])
    .filter((name) => !noNews.has(name) && textOf(before?.[name]) !== textOf(after[name]))
    .map((name) => ({ attribute: `idp.${name}`, before: before?.[name], after: after[name] }));
