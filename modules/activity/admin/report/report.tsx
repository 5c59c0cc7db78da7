import {
  cursorOf,
  Empty,
  Grid,
  type GridPlace,
  type GridState,
  gridState,
  gridViews,
  LinkButton,
  Looked,
  Notice,
  type Redirect,
  redirect,
  type Screen,
  screen,
  type Visit,
} from '../../../admin/index.ts';
import type { Executor } from '../../../framework/index.ts';
import { ActivityError } from '../../error.ts';
import type { ActivityFilter, ActivityPage, ActivityReports } from '../../report.ts';
import type { ReportedApplication } from '../../search/names.ts';
import type { RecordLinks } from '../record-links.ts';
import { filtersOf, reportColumns } from './columns.tsx';
import { linksFor } from './links.ts';
import { reportFilters, searchOf, trailOf } from './search.ts';

export interface ReportParts {
  readonly database: Executor;
  readonly reports: ActivityReports;
  readonly links: readonly RecordLinks[];
}

export interface ReportPlace {
  readonly title: string;
  readonly lead?: string;
  /** Code of the one application that is reported on. */
  readonly application?: string;
}

type Found = ActivityPage & { readonly problem?: string };

async function find(
  { database, reports }: ReportParts,
  filter: ActivityFilter,
  limit: number,
  cursor?: string,
): Promise<Found> {
  try {
    return await reports.page(database, filter, { limit, ...(cursor === undefined ? {} : { cursor }) });
  } catch (error) {
    if (!(error instanceof ActivityError)) throw error;
    return { items: [], problem: error.message };
  }
}

/** The report as a screen: filters, a page of records, and the way to the files. */
export async function reportScreen(visit: Visit, parts: ReportParts, place: ReportPlace): Promise<Screen | Redirect> {
  const { views, opens } = await gridViews(visit);
  if (opens) return redirect(opens);
  const state = gridState(visit.query, { filters: reportFilters, sorts: ['time'], order: 'desc' });
  const applications = place.application === undefined ? await parts.reports.applications(parts.database) : undefined;
  const asked = place.application === undefined ? {} : { application: place.application };
  const search = searchOf({ ...state.filters, ...asked });
  const trail = trailOf(state);
  const found: Found =
    'problem' in search ? { items: [], ...search } : await find(parts, search.filter, state.size, trail.at(-1));
  const { items, nextCursor, problem, looked } = found;
  const at = placeOf(trail, nextCursor);
  return screen({
    title: place.title,
    ...(place.lead === undefined ? {} : { lead: place.lead }),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        {problem !== undefined && <Notice kind="problem">{problem}</Notice>}
        <Grid
          id="report"
          label="Records"
          columns={reportColumns(linksFor(visit, parts.links), place.application === undefined)}
          rows={items}
          rowKey={({ id }) => id}
          state={state}
          place={at}
          views={views}
          note={looked !== undefined && <Looked looked={looked} what="records" next={at.next} />}
          filters={filtersOf(applications && namesOf(applications, state.filters.application))}
          toolbar={
            <>
              {visit.may('activity::export') && <Exports state={state} asked={asked} />}
              {place.application === undefined && visit.may('activity::verify') && (
                <LinkButton href="/admin/reports/verification" look="quiet">
                  Verify the Record
                </LinkButton>
              )}
            </>
          }
          empty={
            <Empty title="Nothing has been recorded yet" icon="chart">
              Every request of an identity provider appears here as soon as it was answered.
            </Empty>
          }
        />
      </>
    ),
  });
}

/** Back is one page of the trail less; the first page has none. */
const placeOf = (trail: readonly string[], next: string | undefined): GridPlace => ({
  ...(next === undefined ? {} : { next: cursorOf(...trail, next) }),
  ...(trail.length === 0 ? {} : { previous: cursorOf(...trail.slice(0, -1)) }),
});

/** What may be chosen, and what an address asked for in other words (a name, a code in capitals), so that it stays asked. */
function namesOf(applications: readonly ReportedApplication[], asked: string | undefined): Record<string, string> {
  const names = applications.map(({ code, name }) => [code, called(code, name)] as const);
  const known = asked === undefined || names.some(([code]) => code === asked);
  return Object.fromEntries(known ? names : [[asked, asked], ...names]);
}

const called = (code: string, name: string | undefined): string =>
  name === undefined || name === code ? code : `${name} (${code})`;

/** Files of everything that the present search finds. */
function Exports({ state, asked }: { state: GridState; asked: Readonly<Record<string, string>> }) {
  const href = (format: string) =>
    `/admin/reports/provisioning/export?${new URLSearchParams({ ...state.filters, ...asked, format })}`;
  return (
    <>
      <LinkButton href={href('csv')} look="quiet">
        Export CSV
      </LinkButton>
      <LinkButton href={href('json')} look="quiet">
        Export JSON
      </LinkButton>
    </>
  );
}
