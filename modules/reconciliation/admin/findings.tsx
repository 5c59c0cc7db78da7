import { Empty, Grid, type GridColumn, type GridPlace, type GridState, LinkButton } from '../../admin/index.ts';
import type { FindingKind } from '../finding.ts';
import { kinds } from '../kind/kinds.ts';
import type { KeptFinding } from '../run/runs.ts';
import { kindOptions, path, SeverityBadge, Values } from './words.tsx';

/** Whom a finding is about, with the way to the customer where there is one. */
export function Who({
  finding,
  leads,
}: {
  finding: Pick<KeptFinding, 'kind' | 'customerId' | 'groupId' | 'subject'>;
  leads: boolean;
}) {
  const { kind, customerId, groupId, subject } = finding;
  const gone = kind === 'customer-missing' || kind === 'grid-orphaned';
  const number = customerId === null ? `Group ${groupId}` : `Customer ${customerId}`;
  const words = subject ?? number;
  const name = customerId === null || gone || !leads ? words : <a href={`/admin/customers/${customerId}`}>{words}</a>;
  return (
    <span class="long">
      {name} {subject !== null && <small class="muted">#{customerId ?? groupId}</small>}
    </span>
  );
}

export interface FindingsProps {
  readonly rows: readonly KeptFinding[];
  readonly state: GridState;
  readonly place: GridPlace;
  readonly total: number | undefined;
  /** Codes by the ids of connections. */
  readonly connections: ReadonlyMap<number, string>;
  readonly mayCure: boolean;
  readonly maySeeCustomers: boolean;
  readonly exportHref: string;
  /** What the filter offers. */
  readonly kinds: readonly FindingKind[];
}

/** Findings that are open, with what can be done about each. */
export function Findings(props: FindingsProps) {
  const { rows, state, place, total, connections, mayCure, maySeeCustomers, exportHref } = props;
  const columns: readonly GridColumn<KeptFinding>[] = [
    {
      key: 'kind',
      label: 'Finding',
      cell: ({ kind, severity }) => (
        <span>
          <SeverityBadge severity={severity} /> {kinds[kind].title}
        </span>
      ),
    },
    { key: 'who', label: 'Customer', cell: (finding) => <Who finding={finding} leads={maySeeCustomers} /> },
    {
      key: 'connection',
      label: 'Connection',
      cell: ({ connectionId }) => connections.get(connectionId ?? 0) ?? <span class="muted">–</span>,
    },
    { key: 'values', label: 'Found', cell: ({ values }) => <Values values={values} /> },
  ];
  return (
    <Grid
      id="findings"
      label="Findings"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      state={state}
      place={place}
      total={total}
      filters={[
        { key: 'kind', label: 'Kind', options: kindOptions(props.kinds) },
        {
          key: 'connection',
          label: 'Connection',
          options: Object.fromEntries([...connections].map(([, code]) => [code, code])),
        },
      ]}
      toolbar={<LinkButton href={exportHref}>Export CSV</LinkButton>}
      {...(mayCure ? { actions: (finding: KeptFinding) => <Cures finding={finding} /> } : {})}
      empty={
        <Empty title="Store and documents agree" icon="shield">
          Nothing that was found is open.
        </Empty>
      }
    />
  );
}

const Cures = ({ finding: { id, cures } }: { finding: KeptFinding }) =>
  cures.length === 0 ? (
    <span class="muted">protected</span>
  ) : (
    <LinkButton look="quiet" href={`${path}/findings/${id}`}>
      Cure
    </LinkButton>
  );
