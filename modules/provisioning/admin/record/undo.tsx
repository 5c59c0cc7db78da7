import { ActivityReports, type ReportedActivity } from '../../../activity/index.ts';
import { ActionButton, action, type Panel, Panels, redirect } from '../../../admin/index.ts';
import { type Attributes, type AttributeValue, CustomerAdministered, Customers } from '../../../customer/index.ts';
import { Clock, contribute, Database, DuplicateKeyError, Events, HttpError } from '../../../framework/index.ts';

const hrefOf = (id: string | number): `/${string}` => `/admin/reports/provisioning/${id}`;

/** Longer texts may have been cut on their way into the record. */
const longest = 200;

interface Edit {
  readonly customerId: number;
  readonly values: readonly {
    readonly code: string;
    readonly before: AttributeValue;
    readonly after: AttributeValue;
  }[];
}

const plain = (value: unknown): value is AttributeValue =>
  value === null || typeof value === 'number' || (typeof value === 'string' && value.length <= longest);

/** What an administrator's edit wrote into a customer's row, as far as it can be put back; undefined for other records. */
export function editIn(record: ReportedActivity | undefined): Edit | undefined {
  if (record?.operation !== 'customer.update' || record.customerId === undefined) return undefined;
  const values = (record.modified ?? []).flatMap(({ attribute, before = null, after = null }) =>
    attribute !== 'newsletter' && plain(before) && plain(after) ? [{ code: attribute, before, after }] : [],
  );
  return values.length === 0 ? undefined : { customerId: record.customerId, values };
}

/** Of these values, those that the row still holds: what was changed since stays. */
const stillThere = (current: Attributes, { values }: Edit) =>
  values.filter(({ code, after }) => String(current[code] ?? '') === String(after ?? ''));

/** The record of an edit offers to put the values back. */
export const undoPanel = contribute(
  Panels,
  { reports: ActivityReports },
  ({ reports }): Panel => ({
    subject: 'record',
    title: 'Undo',
    acl: 'customer::edit',
    sortOrder: 40,
    async view({ params, database }) {
      const id = Number(params.id) || 0;
      const edit = editIn(await reports.record(database, id));
      if (!edit) return undefined;
      return (
        <>
          <p>
            Puts {edit.values.map(({ code }) => code).join(', ')} back to what stood there before. What was changed
            since stays as it is.
          </p>
          <div class="button-row">
            <ActionButton action={`${hrefOf(id)}/undo`}>Put the Values Back</ActionButton>
          </div>
        </>
      );
    },
  }),
);

/** Writes the values from before, as an edit of its own with a record of its own. */
export const undoAction = action('/admin/reports/provisioning/:id/undo', {
  acl: 'customer::edit',
  inject: { database: Database, reports: ActivityReports, customers: Customers, events: Events, clock: Clock },
  async perform(visit, { database, reports, customers, events, clock }) {
    const id = Number(visit.params.id) || 0;
    const edit = editIn(await reports.record(database, id));
    if (!edit) throw new HttpError(404, 'RECORD_UNKNOWN', 'There is no such record, or nothing in it to put back.');
    await customers.ready(database);
    try {
      const count = await database.transaction(async (tx) => {
        const current = await customers.byId(tx, edit.customerId, { forUpdate: true });
        if (!current) return undefined;
        const back = stillThere(current.attributes, edit);
        if (back.length === 0) return 0;
        const changes = Object.fromEntries(back.map(({ code, before }) => [code, before]));
        await customers.update(tx, current, changes, clock.now());
        const modified = back.map(({ code, before, after }) => ({ attribute: code, before: after, after: before }));
        const email = typeof current.attributes.email === 'string' ? current.attributes.email : '';
        const by = visit.signedIn?.user ?? 'administration';
        await events.emit(CustomerAdministered, { id: current.id, act: 'update', email, by, modified }, tx);
        return back.length;
      });
      if (count === undefined) return redirect(hrefOf(id), { problem: 'The customer is not there any more.' });
      if (count === 0) return redirect(hrefOf(id), { note: 'Nothing was put back: all of it was changed since.' });
      const rest = count < edit.values.length ? ' What was changed since stays as it is.' : '';
      return redirect(`/admin/customers/${edit.customerId}`, { done: `The values were put back.${rest}` });
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error;
      return redirect(hrefOf(id), { problem: 'Another customer has the former e-mail address by now.' });
    }
  },
});
