import { Badge, type GridColumn, type GridFilter, Moment, type Tone } from '../../../admin/index.ts';
import type { ActivityOutcome } from '../../activity.ts';
import type { ReportedActivity } from '../../report.ts';
import type { Links } from './links.ts';

const tones: Readonly<Record<ActivityOutcome, Tone>> = {
  done: 'good',
  unchanged: 'neutral',
  refused: 'warn',
  failed: 'bad',
};

/** How a request ended, with the status that was answered. */
export function Outcome({ outcome, status }: Pick<ReportedActivity, 'outcome' | 'status'>) {
  return (
    <Badge tone={tones[outcome]}>
      {status} {outcome}
    </Badge>
  );
}

/** Whom a record is about: in the client's words, with the way to the customer where there is one. */
export function EndUser({ item, links }: { item: ReportedActivity; links: Links }) {
  const { subject, customerId } = item;
  const href = customerId === undefined ? undefined : links.customer(customerId);
  const words = subject ?? (customerId === undefined ? undefined : `Customer ${customerId}`);
  if (words === undefined) return <span class="muted">–</span>;
  return href === undefined ? <>{words}</> : <a href={href}>{words}</a>;
}

/** The connection by its name, and its code beside it where that is another word. */
export function Application({ item, links }: { item: ReportedActivity; links: Links }) {
  const { application, applicationName: name = application } = item;
  if (application === undefined) return <span class="muted">–</span>;
  const href = links.application(application);
  return (
    <>
      {href === undefined ? name : <a href={href}>{name}</a>}
      {name !== application && <span class="muted"> {application}</span>}
    </>
  );
}

const what = ({ reason, modified, changed, notes }: ReportedActivity): string =>
  reason ?? modified?.map(({ attribute }) => attribute).join(', ') ?? changed?.join(', ') ?? notes?.join(' ') ?? '';

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

export const recordHref = (id: number): string => `/admin/reports/provisioning/${id}`;

/** The columns of the report; on a connection's own page its name says nothing. */
export const reportColumns = (links: Links, all: boolean): readonly GridColumn<ReportedActivity>[] => [
  {
    key: 'time',
    label: 'Time',
    cell: ({ id, at }) => (
      <a href={recordHref(id)}>
        <Moment at={at} />
      </a>
    ),
  },
  {
    key: 'user',
    label: 'Enduser',
    cell: (item) => (
      <span class="long email">
        <EndUser item={item} links={links} />
      </span>
    ),
  },
  ...(all
    ? [
        {
          key: 'application',
          label: 'Application',
          cell: (item: ReportedActivity) => <Application item={item} links={links} />,
        },
      ]
    : []),
  { key: 'action', label: 'Action', cell: ({ operation }) => <code>{operation}</code> },
  { key: 'outcome', label: 'Status', cell: (item) => <Outcome {...item} /> },
  { key: 'what', label: 'What', cell: (item) => <span class="long">{shortened(what(item), 140)}</span> },
  {
    key: 'duration',
    label: 'Duration',
    optional: true,
    align: 'end',
    cell: ({ milliseconds }) => (milliseconds === undefined ? '' : `${milliseconds} ms`),
  },
  { key: 'actor', label: 'Actor', optional: true, cell: ({ actor }) => actor },
  { key: 'request', label: 'Request ID', optional: true, cell: ({ requestId }) => <code>{requestId}</code> },
  { key: 'id', label: 'Record', optional: true, align: 'end', cell: ({ id }) => id },
];

const actions: Readonly<Record<string, string>> = {
  create: 'Create',
  update: 'Update',
  activate: 'Activate',
  deactivate: 'Deactivate',
  delete: 'Delete',
  adopt: 'Adopt',
  user: 'Everything about users',
  group: 'Everything about groups',
  read: 'Read and search',
  'sign-in': 'Sign in (SAML)',
  'sign-out': 'Sign out (SAML)',
};

const statuses: Readonly<Record<string, string>> = {
  success: 'Success',
  failure: 'Failure',
  done: 'Done',
  unchanged: 'Unchanged',
  refused: 'Refused',
  failed: 'Failed',
  '4xx': '4xx: the request was refused',
  '5xx': '5xx: our side failed',
  '401': '401: no good token',
  '403': '403: not allowed',
  '404': '404: not found',
  '409': '409: conflict',
};

/** The three filters of the guides, then ours. */
export const filtersOf = (applications: Readonly<Record<string, string>> | undefined): readonly GridFilter[] => [
  { key: 'user', label: 'Enduser Identifier' },
  ...(applications ? [{ key: 'application', label: 'Application Name', options: applications }] : []),
  { key: 'from', label: 'from', type: 'date', within: 'timespan' },
  { key: 'to', label: 'to', type: 'date', within: 'timespan' },
  { key: 'action', label: 'Action', options: actions },
  { key: 'status', label: 'Status', options: statuses },
  { key: 'text', label: 'Text', placeholder: 'Anything it says' },
  { key: 'request', label: 'Request ID', secondary: true },
];
