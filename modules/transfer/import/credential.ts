import { CustomerError } from '../../customer/index.ts';
import type { Database } from '../../framework/index.ts';
import type { Fault } from '../transfer-error.ts';
import type { ImportServices } from './surroundings.ts';
import type { Wanted } from './wanted.ts';

/** A hash to be written, where the password is another than the customer's. */
export interface Credential {
  readonly hash?: string;
  readonly fault?: Fault;
}

const none: Credential = {};

/**
 * Makes of a row's password or hash what will be written. A hash takes a tenth of a second and more, so this happens before the
 * transaction; a dry run checks and makes none.
 */
export async function credentialOf(
  { customers, passwords }: Pick<ImportServices, 'customers' | 'passwords'>,
  database: Database,
  wanted: Wanted,
  dryRun: boolean,
): Promise<Credential> {
  const { id, email, websiteId = 0, password, passwordHash } = wanted;
  if (password === undefined && passwordHash === undefined) return none;
  const known =
    id ??
    (email === undefined ? undefined : (await customers.findByEmail(database, websiteId, email))?.id) ??
    undefined;
  if (passwordHash !== undefined) {
    const stored = known === undefined ? undefined : (await passwords.hashes(database, [known])).get(known);
    return stored === passwordHash ? none : { hash: passwordHash };
  }
  if (password === undefined) return none;
  if (known !== undefined && (await passwords.verify(database, known, password))) return none;
  try {
    await passwords.check(password, email ?? null);
  } catch (error) {
    if (!(error instanceof CustomerError)) throw error;
    return { fault: { line: wanted.line, column: 'password', message: error.message } };
  }
  return { hash: dryRun ? '' : await passwords.hash(password) };
}
