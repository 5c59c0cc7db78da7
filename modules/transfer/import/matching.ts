import type { CustomerAddress, CustomerOwner, CustomerState } from '../../customer/index.ts';
import type { Executor } from '../../framework/index.ts';
import { type Fault, quoted } from '../transfer-error.ts';
import type { ImportServices } from './surroundings.ts';
import { foldEmail, type Wanted } from './wanted.ts';

/** The customer that a row is about, as the store has it; none for a new one. */
export interface Match {
  readonly current: CustomerState | undefined;
  readonly addresses: readonly CustomerAddress[];
  readonly owner: CustomerOwner | undefined;
  /** Why nobody can tell whom the row is about. */
  readonly fault: Fault | undefined;
}

type Services = Pick<ImportServices, 'customers' | 'owners'>;
type Found = Pick<Match, 'current' | 'fault'>;

/** Finds the customers of a batch, in a handful of statements; with `forUpdate` their rows are held until the commit. */
export async function matchAll(
  services: Services,
  db: Executor,
  wanted: readonly Wanted[],
  forUpdate: boolean,
): Promise<ReadonlyMap<Wanted, Match>> {
  const found = await findAll(services, db, wanted, forUpdate);
  const customers = [...found.values()].flatMap(({ current }) => (current === undefined ? [] : [current]));
  const withAddresses = wanted
    .filter(({ addresses }) => addresses.length > 0)
    .flatMap((one) => found.get(one)?.current ?? []);
  const addresses = await services.customers.addressesOf(db, withAddresses);
  const owners = await ownersOf(services, db, [...new Set(customers.map(({ id }) => id))]);
  return new Map(
    wanted.map((one) => {
      const { current, fault } = found.get(one) ?? { current: undefined, fault: undefined };
      const id = current?.id ?? 0;
      return [one, { current, fault, addresses: addresses.get(id) ?? [], owner: owners.get(id) }];
    }),
  );
}

async function findAll(
  { customers }: Services,
  db: Executor,
  wanted: readonly Wanted[],
  forUpdate: boolean,
): Promise<ReadonlyMap<Wanted, Found>> {
  const found = new Map<Wanted, Found>();
  const ids = wanted.flatMap(({ id }) => id ?? []);
  const byId = new Map((await customers.byIds(db, ids, { forUpdate })).map((customer) => [customer.id, customer]));
  for (const one of wanted) if (one.id !== undefined) found.set(one, knownById(one, one.id, byId.get(one.id)));

  const byWebsite = new Map<number, Wanted[]>();
  for (const one of wanted) {
    const website = one.websiteId ?? Number(found.get(one)?.current?.attributes.website_id ?? 0);
    if (one.email !== undefined && website !== 0) byWebsite.set(website, [...(byWebsite.get(website) ?? []), one]);
  }
  for (const [website, those] of byWebsite) {
    const emails = those.map(({ email = '' }) => email);
    const rows = await customers.byEmails(db, website, emails, { forUpdate });
    const byEmail = new Map(rows.map((row) => [foldEmail(String(row.attributes.email)), row]));
    const folded = new Set(emails.map(foldEmail));
    const collated = rows.filter(({ attributes }) => !folded.has(foldEmail(String(attributes.email))));
    for (const one of those) {
      const row = byEmail.get(foldEmail(one.email ?? ''));
      const taken =
        row ?? (collated.length === 0 ? undefined : await customers.findByEmail(db, website, one.email ?? ''));
      found.set(one, settled(one, found.get(one), row, taken));
    }
  }
  return found;
}

function knownById(one: Wanted, id: number, current: CustomerState | undefined): Found {
  if (current === undefined)
    return faulty(
      one,
      'entity_id',
      `There is no customer ${id}. Empty the cell to find or create the customer by e-mail.`,
    );
  const website = current.attributes.website_id;
  if (one.websiteId !== undefined && website !== null && website !== one.websiteId)
    return faulty(
      one,
      '_website',
      `Customer ${id} belongs to another website and stays there. Correct the website or the id.`,
    );
  return { current, fault: undefined };
}

/** Brings together whom the id, the e-mail and the database's own comparison of e-mails lead to. */
function settled(
  one: Wanted,
  before: Found | undefined,
  row: CustomerState | undefined,
  taken: CustomerState | undefined,
): Found {
  if (before?.fault !== undefined) return before;
  const current = before?.current ?? row;
  if (taken === undefined || taken.id === current?.id) return { current, fault: undefined };
  const other = quoted(String(taken.attributes.email));
  const message = `Customer ${taken.id} has the e-mail ${other}, which the store holds for the same. Use another, or correct the row.`;
  return faulty(one, 'email', message);
}

const faulty = ({ line }: Wanted, column: string, message: string): Found => ({
  current: undefined,
  fault: { line, column, message },
});

/** Who manages these customers besides the store. */
async function ownersOf(
  { owners }: Services,
  db: Executor,
  ids: readonly number[],
): Promise<ReadonlyMap<number, CustomerOwner>> {
  const known = new Map<number, CustomerOwner>();
  if (ids.length === 0) return known;
  for (const source of owners) {
    const among = source.among ? await source.among(db, ids) : await asked(source.of, db, ids);
    for (const [id, owner] of among) known.set(id, owner);
  }
  return known;
}

async function asked(
  of: (db: Executor, id: number) => Promise<CustomerOwner | undefined>,
  db: Executor,
  ids: readonly number[],
): Promise<ReadonlyMap<number, CustomerOwner>> {
  const known = new Map<number, CustomerOwner>();
  for (const id of ids) {
    const owner = await of(db, id);
    if (owner) known.set(id, owner);
  }
  return known;
}
