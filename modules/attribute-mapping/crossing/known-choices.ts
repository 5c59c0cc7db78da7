import type { CustomerGroups } from '../../customer/index.ts';
import { aging, type Executor, type ServiceToken, service } from '../../framework/index.ts';
import type { Websites } from '../../store/index.ts';
import type { StoreChoices } from './store-choice.ts';

/** What of the store mappings tell by code, in memory. */
export interface KnownChoices {
  /** Looks again where that was more than five seconds ago. Not inside a transaction. */
  ready(): Promise<void>;
  /** The same object for as long as it says the same; undefined before it was read for the first time. */
  known(): StoreChoices | undefined;
}
export const KnownChoices: ServiceToken<KnownChoices> = service<KnownChoices>('attribute-mapping.KnownChoices');

const freshFor = 5_000;

interface Sources {
  readonly database: Executor;
  readonly groups: Pick<CustomerGroups, 'list'>;
  readonly websites: Pick<Websites, 'websites' | 'stores'>;
}

const codesOf = (rows: readonly { readonly id: number; readonly code: string }[]): ReadonlyMap<number, string> =>
  new Map(rows.map(({ id, code }) => [id, code]));

/** One statement every five seconds, and that only where some mapping tells such a choice. */
export function followChoices(
  { database, groups, websites }: Sources,
  milliseconds: () => number = () => performance.now(),
): KnownChoices {
  let held: { readonly choices: StoreChoices; readonly said: string } | undefined;
  const following = aging(
    async () => {
      const found = [await groups.list(database), await websites.stores(), await websites.websites()] as const;
      const said = JSON.stringify(found);
      if (held?.said === said) return;
      const [group, store_view, website] = found;
      const choices = { group: codesOf(group), store_view: codesOf(store_view), website: codesOf(website) };
      held = { said, choices };
    },
    freshFor,
    milliseconds,
  );
  return { ready: () => following.get(), known: () => held?.choices };
}
