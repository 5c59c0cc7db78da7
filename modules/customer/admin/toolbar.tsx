import { Button, Form, type GridColumn, LinkButton, type Visit } from '../../admin/index.ts';
import { nameOf } from './columns.tsx';
import type { CustomerMassAction } from './extension-points.ts';
import type { CustomerRow } from './rows.ts';

const form = 'picked-customers';

/** The boxes belong to the form in the toolbar. */
export const picking: GridColumn<CustomerRow> = {
  key: 'pick',
  label: 'Pick',
  cell: (row) => (
    <input
      type="checkbox"
      name="customer"
      value={row.id}
      form={form}
      aria-label={`Pick ${nameOf(row) || `customer ${row.id}`}`}
    />
  ),
};

/** What is done to those that are picked, and the file of all that the filters find. */
export function Toolbar({ visit, mass }: { visit: Visit; mass: readonly CustomerMassAction[] }) {
  return (
    <>
      {mass.length > 0 && <MassActions visit={visit} mass={mass} />}
      {visit.may('customer::export') && (
        <LinkButton href={`/admin/customers/export?${visit.query}`} look="quiet">
          Export CSV
        </LinkButton>
      )}
    </>
  );
}

/** A menu of acts. With scripts one box picks all of the page, and the menu says how many are picked. */
function MassActions({ visit, mass }: { visit: Visit; mass: readonly CustomerMassAction[] }) {
  const [first, ...others] = mass;
  if (!first) return null;
  return (
    <>
      <label class="check pick-all" data-picks="customer" hidden>
        <input type="checkbox" />
        <span>All on this page</span>
      </label>
      <details class="columns acts">
        <summary class="button plain">
          Actions <span data-picked="customer" />
        </summary>
        <div class="menu-sheet">
          <Form action={first.action} id={form}>
            <input type="hidden" name="grid" value={visit.query.toString()} />
            <Button look="quiet">{first.label}</Button>
          </Form>
          {others.map(({ label, action, danger }) => (
            <Button key={action} look={danger ? 'danger' : 'quiet'} form={form} formaction={action}>
              {label}
            </Button>
          ))}
        </div>
      </details>
    </>
  );
}
