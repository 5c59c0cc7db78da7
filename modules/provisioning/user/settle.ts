import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import { type Executor, idList, sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import { type Resource, ScimError, sameJson } from '../../scim/index.ts';
import type { Room } from '../room.ts';
import { foldedCopy, searchableCopy } from '../search/searchable.ts';
import { driftOf, rowValue, type Values } from './reconcile.ts';
import { modifiedAtOf } from './render.ts';
import { among, readUsers, type UserRecord } from './user-record.ts';
import { emailsOf, keysOf, writeEmails } from './user-rows.ts';

/** Users that are read and written anew in one transaction. */
const together = 50;

/**
 * Writes the searchable form of users anew from what a read shows now: the document's copy, the e-mails, the display name
 * and the time of the last change. Whoever a request has changed or removed since they were read is left alone: that
 * wrote it as well. Answers how many differed.
 */
export async function settleUsers(room: Room, connection: Connection, keys: readonly number[]): Promise<number> {
  const { database, customers } = room;
  const mapping = room.mapping.of(connection);
  let written = 0;
  for (let from = 0; from < keys.length; from += together) {
    const records = await readUsers(
      { db: database, customers, mapping },
      connection.id,
      keys.slice(from, from + together),
    );
    const forms = new Map(records.map((record) => [record.customerId, formOf(record, mapping)]));
    const present = await storedForms(database, connection.id, [...forms.keys()]);
    const differing = records.filter((record) => {
      const [form, stored] = [forms.get(record.customerId), present.get(record.customerId)];
      return form && stored && !isSame(form, stored);
    });
    if (differing.length === 0) continue;
    await database.transaction(async (tx) => {
      const ids = differing.map(({ customerId }) => customerId);
      const held = await heldStates(tx, connection.id, ids);
      for (const record of differing) {
        const form = forms.get(record.customerId);
        const state = held.get(record.customerId);
        if (!form || !state || !isUnchanged(record, state)) continue;
        writeForm(tx, connection, record.customerId, form);
        written++;
      }
    });
  }
  return written;
}

/** What filters and sorts read of a user. */
interface Form {
  readonly search: string | null;
  /** The row values that `search` was made from where they are not those of the shadow. */
  readonly settled: string | null;
  readonly modifiedAt: string;
  readonly display: string | null;
  readonly emails: ReturnType<typeof emailsOf>;
}

function formOf(record: UserRecord, mapping: ConnectionMapping): Form {
  const { document } = record;
  const drift = driftOf(record, mapping);
  const drifted = drift.size > 0 || mapping.onlyTold.size > 0;
  const type = mapping.resourceType();
  const { schema, whole } = mapping.marks;
  const effective = drifted ? mapping.toUser(document, drift) : document;
  const changedAt = new Date(`${modifiedAtOf(record, drift).replace(' ', 'T')}Z`);
  return {
    search: drifted ? foldedCopy(effective, type, whole) : searchableCopy(document, type, schema),
    settled: drifted ? JSON.stringify(seenOf(record, mapping.customTargets())) : null,
    modifiedAt: sqlTimestampMs(changedAt),
    ...lookedUpBy(effective, document),
  };
}

/** What indexes find a user by. A name that the store has made too long for them is found as the provider sent it. */
function lookedUpBy(effective: Resource, document: Resource): Pick<Form, 'display' | 'emails'> {
  try {
    return { display: keysOf(effective).display, emails: emailsOf(effective) };
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { display: keysOf(document).display, emails: emailsOf(document) };
  }
}

/** The row values that a read compares with the shadow. */
function seenOf({ shadow, customer }: UserRecord, customTargets: readonly string[]): Values {
  const seen: Record<string, string | number | null> = {};
  for (const target of [...Object.keys(shadow), ...customTargets]) seen[target] = rowValue(customer, target);
  return seen;
}

interface StoredForm {
  readonly customer_id: number;
  readonly modified_at: string;
  readonly search: string | null;
  readonly settled: string | null;
}

const byCustomer = <Row extends { readonly customer_id: number }>(rows: readonly Row[]): ReadonlyMap<number, Row> =>
  new Map(rows.map((row) => [row.customer_id, row]));

const storedForms = async (db: Executor, connectionId: number, keys: readonly number[]) =>
  keys.length === 0
    ? new Map<number, StoredForm>()
    : byCustomer(
        await db.all<StoredForm>(
          sql`SELECT d.customer_id, CAST(d.modified_at AS CHAR) AS modified_at, d.search, d.settled FROM {vestibule_user_document} d WHERE d.customer_id IN (${idList(keys)}) AND d.connection_id = ${connectionId}`,
        ),
      );

const isSame = (form: Form, { search, settled, modified_at }: StoredForm): boolean =>
  form.search === search && form.settled === settled && asMilliseconds(form.modifiedAt) === asMilliseconds(modified_at);

/** Engines differ in whether they answer a fraction of zero. */
const asMilliseconds = (timestamp: string): number => Date.parse(`${timestamp.replace(' ', 'T')}Z`);

interface State {
  readonly customer_id: number;
  readonly modified_at: string;
  readonly document: string;
  readonly shadow: string;
}

/** Living users as they are, whose rows stay ours until the commit: nobody changes or removes them under our hands. */
const heldStates = async (tx: Transaction, connectionId: number, keys: readonly number[]) =>
  byCustomer(
    await tx.all<State>(
      sql`SELECT u.customer_id, CAST(d.modified_at AS CHAR) AS modified_at, d.document, d.shadow FROM {vestibule_user} u JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id WHERE ${among(connectionId, keys)} ORDER BY u.customer_id ${tx.dialect.forUpdate}`,
    ),
  );

const isUnchanged = (record: UserRecord, state: State): boolean =>
  state.modified_at === record.modifiedAt &&
  state.document === record.text &&
  sameJson(JSON.parse(state.shadow), record.shadow);

function writeForm(tx: Transaction, connection: Connection, customerId: number, form: Form): void {
  const { search, settled, modifiedAt, display, emails } = form;
  tx.later(
    sql`UPDATE {vestibule_user_document} SET search = ${search}, settled = ${settled}, modified_at = ${modifiedAt} WHERE customer_id = ${customerId}`,
  );
  tx.later(sql`UPDATE {vestibule_user} SET display_key = ${display} WHERE customer_id = ${customerId}`);
  writeEmails(tx, customerId, connection.id, emails);
}
