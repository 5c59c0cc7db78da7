import { Card, CodeBlock, DefinitionList, Moment, PanelStack, Panels, page, screen } from '../../../admin/index.ts';
import { Database, HttpError } from '../../../framework/index.ts';
import { ActivityReports, type ReportedActivity } from '../../report.ts';
import { Cures, curesOf, RecordLinks } from '../record-links.ts';
import { Application, EndUser, Outcome } from '../report/columns.tsx';
import { type Links, linksFor } from '../report/links.ts';
import { Difference, Duration, Trace } from './tables.tsx';

/** The id in an address. @throws HttpError 404 */
export function recordId(text: string | undefined): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  throw new HttpError(404, 'RECORD_UNKNOWN', 'There is no such record.');
}

/** One record: who, what, how it ended and why; other rooms bring panels of the subject "record". */
export const recordPage = page('/admin/reports/provisioning/:id', {
  acl: 'activity::view',
  inject: { database: Database, reports: ActivityReports, links: RecordLinks, cures: Cures, panels: Panels },
  async view(visit, { database, reports, links, cures, panels }) {
    const item = await reports.record(database, recordId(visit.params.id));
    if (!item) throw new HttpError(404, 'RECORD_UNKNOWN', 'There is no such record, or it was removed in time.');
    const [cure] = await curesOf(cures, database, [item]);
    return screen({
      title: `${item.operation} ${item.subject ?? ''}`.trim(),
      back: { href: '/admin/reports/provisioning', label: 'Provisioning Report' },
      body: (
        <>
          <Summary item={item} links={linksFor(visit, links)} cure={cure} />
          <Details item={item} />
          {await PanelStack(panels, 'record', visit)}
        </>
      ),
    });
  },
});

function Summary({ item, links, cure }: { item: ReportedActivity; links: Links; cure: string | undefined }) {
  const { id, at, operation, actor, customerId, milliseconds, requestId, reason } = item;
  return (
    <Card title="What happened" aside={<Outcome {...item} />}>
      <DefinitionList
        items={[
          ['Time', <Moment key="time" at={at} />],
          ['Action', <code key="action">{operation}</code>],
          ['Enduser', <EndUser key="user" item={item} links={links} />],
          ['Customer ID', customerId],
          ['Application', <Application key="application" item={item} links={links} />],
          ['Actor', actor],
          ['Reason', reason],
          ['What to do', reason === undefined ? undefined : cure],
          ['Duration', milliseconds === undefined ? undefined : <Duration milliseconds={milliseconds} />],
          ['Request ID', requestId === undefined ? undefined : <code key="request">{requestId}</code>],
          ['Record', id],
        ]}
      />
    </Card>
  );
}

function Details({ item: { modified, changed, notes, trace, payload } }: { item: ReportedActivity }) {
  return (
    <>
      {modified ? (
        <Card title="Modified attributes">
          <Difference label="Modified attributes" rows={modified} />
        </Card>
      ) : (
        changed && (
          <Card title="Modified attributes">
            <p>{changed.join(', ')}</p>
          </Card>
        )
      )}
      {notes && (
        <Card title="Notes">
          <ul class="plain-list">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Card>
      )}
      {trace && (
        <Card title="Trace">
          <Trace steps={trace} />
        </Card>
      )}
      {payload !== undefined && (
        <Card title="Request as received" aside={<span class="muted">secrets are not kept</span>}>
          <CodeBlock id="payload" label="Request as received">
            {JSON.stringify(payload, null, 2)}
          </CodeBlock>
        </Card>
      )}
    </>
  );
}
