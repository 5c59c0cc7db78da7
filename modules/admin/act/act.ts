import {
  type Database,
  type Event,
  type Events,
  event,
  type ServiceToken,
  service,
  type Transaction,
} from '../../framework/index.ts';

/** Something that an administrator did, or tried, in the shell itself. What other rooms do, they record themselves. */
export interface AdministrativeAct {
  /** `admin.login`, `admin.user-update` … */
  readonly operation: `admin.${string}`;
  /** `refused`: somebody tried and was kept out. */
  readonly outcome: 'done' | 'refused';
  /** The administrator's name; of a command, whose it was. */
  readonly by: string;
  /** Whom or what it was about: a user, a role, a path of the configuration. */
  readonly subject?: string | undefined;
  readonly modified?: readonly { readonly attribute: string; readonly before?: unknown; readonly after?: unknown }[];
  readonly notes?: readonly string[];
  readonly reason?: string | undefined;
}

/** Told in the transaction that makes the change, where there is one; whoever keeps records observes it. */
export const AdministratorActed: Event<AdministrativeAct> = event<AdministrativeAct>('admin.AdministratorActed');

export interface AdministrativeActs {
  /** Tells of an act in a transaction of its own. */
  told(act: AdministrativeAct): Promise<void>;
  /** Tells of an act along with what it changes. */
  inside(tx: Transaction, act: AdministrativeAct): Promise<void>;
}
export const AdministrativeActs: ServiceToken<AdministrativeActs> =
  service<AdministrativeActs>('admin.AdministrativeActs');

export function createActs(database: Database, events: Events): AdministrativeActs {
  const inside: AdministrativeActs['inside'] = (tx, act) => events.emit(AdministratorActed, act, tx);
  return {
    inside,
    async told(act) {
      if (events.observed(AdministratorActed)) await database.transaction((tx) => inside(tx, act));
    },
  };
}

type Plain = string | number | boolean | null | undefined;

/** What differs between two states, by the names given. */
export const differences = <T extends Readonly<Record<string, unknown>>>(
  before: Partial<T> | undefined,
  after: Partial<T> | undefined,
  names: readonly (keyof T & string)[],
): NonNullable<AdministrativeAct['modified']> =>
  names.flatMap((attribute) => {
    const [was, is] = [before?.[attribute] as Plain, after?.[attribute] as Plain];
    return was === is ? [] : [{ attribute, before: was ?? null, after: is ?? null }];
  });
