import type { TargetRule } from '../../attribute-mapping/index.ts';
import { sql, type Transaction } from '../../framework/index.ts';
import type { PatchOperation } from '../../scim/index.ts';
import { passOverPassword } from '../record.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { Turns } from './turns.ts';
import { parseUserId } from './user-id.ts';

/** The target of a password, which is written and never read. */
export const passwordTarget = 'password';

/** Passwords on their way through a request: beside its context, so that no copy, record or log of that can hold one. */
const sent = new WeakMap<ProvisioningContext, string>();

/** Each takes 64 MiB and a tenth of a second of a thread: two at a time in this process, and not too many in wait. */
const turns = new Turns(2, 50);

/**
 * Takes in a password that came with a user, where the connection's policy accepts passwords; else it is passed over.
 *
 * @throws ScimError 400 for `interop-strict` where none is accepted
 */
export function receivePassword(context: ProvisioningContext, password: string): void {
  if (connectionOf(context).policy.passwords) sent.set(context, password);
  else passOverPassword(context);
}

/** True for a request with a password that is accepted. */
export const bringsPassword = (context: ProvisioningContext): boolean => sent.has(context);

/** Takes in the password that a patch sets, if it does. */
export function receivePatchedPassword(context: ProvisioningContext, operations: readonly PatchOperation[]): void {
  let password: unknown;
  for (const { op, path, ...operation } of operations)
    if (path.kind === 'attribute' && !path.extension && path.attribute.name === passwordTarget)
      password = op === 'remove' ? undefined : (operation as { value?: unknown }).value;
  if (password !== undefined && password !== '') receivePassword(context, String(password));
}

/** Stands for a hash where nothing is written. */
const notHashed = 'not hashed';

/** A rehearsal shows what it would write: no hash is made for it. */
function isRehearsal(context: ProvisioningContext): boolean {
  if (!context.caller.rehearsal) return false;
  context.notes.push('The password that came along would be set, if it is another one than before.');
  return true;
}

/**
 * The hash of the password that a new user is sent with; undefined where there is none. Not inside a transaction.
 *
 * @throws CustomerError `CUSTOMER_PASSWORD_WEAK`; ScimError 503 where too many wait
 */
export async function newPasswordHash(
  { passwords }: Room,
  context: ProvisioningContext,
  email: string | null,
): Promise<string | undefined> {
  const password = sent.get(context);
  if (password === undefined) return undefined;
  await passwords.check(password, email);
  return isRehearsal(context) ? notHashed : turns.take(() => passwords.hash(password));
}

/**
 * The same for a user of this connection; undefined also where that is the password already, so that a provider which
 * sends it with every request ends no sessions. Anybody else's password is not even looked at.
 */
export async function changedPasswordHash(
  { passwords, database }: Room,
  context: ProvisioningContext,
  text: string,
): Promise<string | undefined> {
  const password = sent.get(context);
  const id = parseUserId(text);
  if (password === undefined || !id) return undefined;
  const own = await database.first(
    sql`SELECT customer_id FROM {vestibule_user} WHERE customer_id = ${id.customerId} AND connection_id = ${connectionOf(context).id} AND is_deleted = 0`,
  );
  if (!own) return undefined;
  await passwords.check(password, null);
  if (isRehearsal(context)) return undefined;
  return turns.take(async () =>
    (await passwords.verify(database, id.customerId, password)) ? undefined : passwords.hash(password),
  );
}

/** The hash that is written to a customer who is there already, as the rule of the target has it. */
export async function permittedHash(
  tx: Transaction,
  customerId: number,
  hash: string | undefined,
  rule: TargetRule | undefined,
): Promise<string | undefined> {
  if (hash === undefined || rule === undefined || rule.apply === 'always') return hash;
  if (rule.apply === 'create') return undefined;
  const has = await tx.first(
    sql`SELECT entity_id FROM {customer_entity} WHERE entity_id = ${customerId} AND password_hash IS NOT NULL`,
  );
  return has ? undefined : hash;
}
