import { Badge, type GridColumn, type GridFilter, Moment, type Tone } from '../../admin/index.ts';
import { sqlTimestamp } from '../../framework/index.ts';
import type { CustomerColumn, CustomerMark } from './extension-points.ts';
import type { CustomerRow } from './rows.ts';
import { type CustomerStanding, type Marks, standingOf, standings } from './search.ts';

const tones: Readonly<Record<CustomerStanding, Tone>> = { active: 'good', locked: 'warn', deactivated: 'bad' };

export function Standing({ standing }: { standing: CustomerStanding }) {
  return <Badge tone={tones[standing]}>{standings[standing]}</Badge>;
}

export function Mark({ mark }: { mark: CustomerMark | undefined }) {
  if (!mark) return <span class="muted">–</span>;
  const badge = <Badge tone={mark.tone ?? 'neutral'}>{mark.label}</Badge>;
  return mark.href === undefined ? (
    badge
  ) : (
    <a href={mark.href} title={mark.label}>
      {badge}
    </a>
  );
}

/** Names of what rows carry by number. */
export interface GridNames {
  readonly groups: Readonly<Record<string, string>>;
  readonly websites: Readonly<Record<string, string>>;
}

export const nameOf = ({ name, firstname, lastname }: CustomerRow): string =>
  name || [firstname, lastname].filter(Boolean).join(' ');

const text = (
  key: string,
  label: string,
  cell: (row: CustomerRow) => string | null,
  more: { optional?: boolean; sortable?: boolean } = {},
): GridColumn<CustomerRow> => ({ key, label, ...more, cell: (row) => <span class="long">{cell(row)}</span> });

/** The columns of Magento's grid of customers, those of other rooms, and their state. */
export function customerColumns(
  { groups, websites }: GridNames,
  brought: readonly CustomerColumn[],
  marks: Marks,
  now: Date,
): readonly GridColumn<CustomerRow>[] {
  return [
    {
      key: 'id',
      label: 'ID',
      sortable: true,
      align: 'end',
      cell: ({ id }) => <a href={`/admin/customers/${id}`}>{id}</a>,
    },
    {
      key: 'name',
      label: 'Name',
      cell: (row) => (
        <a class="name" href={`/admin/customers/${row.id}`}>
          {nameOf(row) || `Customer ${row.id}`}
        </a>
      ),
    },
    {
      key: 'email',
      label: 'Email',
      sortable: true,
      cell: ({ email }) => <span class="long email">{email}</span>,
    },
    { key: 'group', label: 'Group', cell: ({ group_id }) => groups[group_id] ?? group_id },
    { key: 'website', label: 'Web Site', cell: ({ website_id }) => websites[String(website_id)] ?? website_id },
    { key: 'since', label: 'Customer Since', cell: ({ created_at }) => <Moment at={created_at} /> },
    { key: 'state', label: 'State', cell: (row) => <Standing standing={standingOf(row, sqlTimestamp(now))} /> },
    ...brought.map(
      ({ key, label }): GridColumn<CustomerRow> => ({
        key,
        label,
        cell: ({ id }) => <Mark mark={marks.get(key)?.get(id)} />,
      }),
    ),
    text('firstname', 'First Name', ({ firstname }) => firstname, { optional: true, sortable: true }),
    text('lastname', 'Last Name', ({ lastname }) => lastname, { optional: true, sortable: true }),
    text('telephone', 'Phone', ({ telephone }) => telephone, { optional: true }),
    text('postcode', 'ZIP', ({ postcode }) => postcode, { optional: true }),
    text('country', 'Country', ({ country }) => country, { optional: true }),
    text('region', 'State/Province', ({ region }) => region, { optional: true }),
    text('taxvat', 'Tax VAT Number', ({ taxvat }) => taxvat, { optional: true }),
  ];
}

export const customerFilterFields = (
  { groups, websites }: GridNames,
  brought: readonly {
    readonly key: string;
    readonly label: string;
    readonly options: Readonly<Record<string, string>>;
  }[],
): readonly GridFilter[] => [
  { key: 'text', label: 'Keyword', placeholder: 'Name, email or ID begins with …' },
  { key: 'email', label: 'Email', secondary: true },
  { key: 'lastname', label: 'Last Name', secondary: true },
  { key: 'firstname', label: 'First Name', secondary: true },
  { key: 'id', label: 'ID', type: 'number', secondary: true },
  { key: 'telephone', label: 'Phone', secondary: true },
  { key: 'postcode', label: 'ZIP', secondary: true },
  { key: 'country', label: 'Country', secondary: true, placeholder: 'Two letters, such as US' },
  { key: 'group', label: 'Group', options: groups },
  ...(Object.keys(websites).length > 1 ? [{ key: 'website', label: 'Web Site', options: websites }] : []),
  { key: 'state', label: 'State', options: standings },
  ...brought,
  { key: 'from', label: 'from', type: 'date', within: 'Customer Since', secondary: true },
  { key: 'to', label: 'to', type: 'date', within: 'Customer Since', secondary: true },
];
