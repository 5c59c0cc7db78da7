import { type Filter, printPath } from '../../../scim/index.ts';

/** An exact look-up. By all but the externalId, a shopper that nobody manages may show. */
export interface Identifier {
  readonly by: 'id' | 'userName' | 'externalId' | 'email';
  readonly value: string;
}

const kinds: Readonly<Record<string, Identifier['by']>> = {
  id: 'id',
  userName: 'userName',
  externalId: 'externalId',
  'emails.value': 'email',
};

/** Reads `id eq`, `userName eq`, `externalId eq`, `emails.value eq` and `emails[… value eq …]` with only `type` and `primary` beside it. */
export function identifierOf(filter: Filter | undefined): Identifier | undefined {
  if (filter?.kind === 'compare' && filter.op === 'eq' && typeof filter.value === 'string') {
    const by = kinds[printPath(filter.path)];
    return by && { by, value: filter.value };
  }
  if (filter?.kind !== 'valuePath') return undefined;
  const terms = filter.filter.kind === 'and' ? filter.filter.filters : [filter.filter];
  let value: string | undefined;
  for (const term of terms) {
    if (term.kind !== 'compare' || term.op !== 'eq') return undefined;
    const name = printPath(term.path);
    if (name === 'emails.value' && typeof term.value === 'string') value = term.value;
    else if (name === 'emails.type' ? term.value !== 'work' : name !== 'emails.primary' || term.value !== true)
      return undefined;
  }
  return value === undefined ? undefined : { by: 'email', value };
}
