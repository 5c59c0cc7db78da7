import {
  Badge,
  Empty,
  Grid,
  type GridColumn,
  gridPage,
  gridState,
  LinkButton,
  Notice,
  page,
  screen,
} from 'vestibule/admin';
import { type Connection, Connections } from 'vestibule/connection';
import { Database } from 'vestibule/framework';
import { type Mapping, type MappingKind, Mappings, mappingKinds } from '../course/mapping.ts';
import { Lms } from '../lms/lms.ts';
import { queueCounts } from '../queue/queue.ts';
import { CourseTabs, mapPath, mappingPath, title } from './places.tsx';

export const kindWords: Readonly<Record<MappingKind, string>> = {
  product: 'Product',
  'customer-group': 'Customer group',
  'scim-group': "Identity provider's group",
};

/** `Staff of Okta` */
export function SubjectWords({ mapping, connections }: { mapping: Mapping; connections: readonly Connection[] }) {
  const { kind, subject, connectionId } = mapping;
  const connection = connections.find(({ id }) => id === connectionId);
  return (
    <>
      {kind === 'product' ? <span class="code">{subject}</span> : subject}
      {connectionId !== null && <small class="muted"> of {connection?.name ?? 'a connection that is gone'}</small>}
    </>
  );
}

function MappingState({ mapping: { parting, walking } }: { mapping: Mapping }) {
  if (parting !== null) return <Badge tone="warn">Being removed</Badge>;
  return walking ? <Badge tone="info">Finding members</Badge> : <Badge tone="good">On</Badge>;
}

const columns = (connections: readonly Connection[]): readonly GridColumn<Mapping>[] => [
  {
    key: 'subject',
    label: 'Product or Group',
    cell: (mapping) =>
      mapping.parting === null ? (
        <a href={mappingPath(mapping)}>
          <SubjectWords mapping={mapping} connections={connections} />
        </a>
      ) : (
        <SubjectWords mapping={mapping} connections={connections} />
      ),
  },
  { key: 'kind', label: 'Kind', cell: ({ kind }) => kindWords[kind] },
  { key: 'course', label: 'Course', cell: ({ course }) => <span class="code">{course}</span> },
  {
    key: 'keeps',
    label: 'After a Refund or Leaving',
    cell: ({ keeps, parting }) => ((parting === null ? keeps : parting === 'keep') ? 'Enrolment stays' : 'Taken back'),
  },
  { key: 'state', label: 'Status', cell: (mapping) => <MappingState mapping={mapping} /> },
];

/** Which products and groups stand for which courses. */
export const mapPage = page(mapPath, {
  acl: 'course-sync::view',
  menu: { label: 'Courses', sortOrder: 37, icon: 'list' },
  inject: { database: Database, mappings: Mappings, connections: Connections, lms: Lms },
  async view(visit, { database, mappings, connections, lms }) {
    const state = gridState(visit.query, { filters: ['text', 'kind'], sorts: ['id'] });
    const kind = mappingKinds.find((known) => known === state.filters.kind);
    const read = await mappings.page(
      database,
      { kind, text: state.filters.text },
      Number(state.after?.[0] ?? 0) || 0,
      state.size + 1,
    );
    const { rows, place } = gridPage(read, { ...state, before: undefined }, ({ id }) => [id]);
    const { failed } = await queueCounts(database);
    const may = visit.may('course-sync::manage');
    return screen({
      title,
      lead: 'Whoever buys one of these products, or is in one of these groups, is enrolled in its course.',
      actions: may && (
        <LinkButton href="/admin/courses/new" look="primary">
          Add Mapping
        </LinkButton>
      ),
      body: (
        <>
          <CourseTabs current={mapPath} failed={failed} />
          {!(await lms.ready()) && (
            <Notice kind="note">
              No LMS is configured: enrolments wait. Choose it in{' '}
              {visit.may('course-sync::config') ? (
                <a href="/admin/configuration/course_sync">Configuration</a>
              ) : (
                'Configuration'
              )}
              .
            </Notice>
          )}
          <Grid
            id="mappings"
            label="Course Map"
            columns={columns(await connections.list(database))}
            rows={rows}
            rowKey={({ id }) => id}
            state={state}
            place={{ next: place.next }}
            filters={[
              { key: 'text', label: 'SKU, group or course begins with' },
              { key: 'kind', label: 'Kind', options: kindWords },
            ]}
            empty={
              <Empty title="No course is mapped yet" icon="list">
                <p>Say which product or group stands for which course.</p>
              </Empty>
            }
          />
        </>
      ),
    });
  },
});
