import type { ActivityFilter } from '../../report.ts';

/** The filters of the report, as they are called in its address. */
export const reportFilters = ['user', 'application', 'from', 'to', 'action', 'status', 'text', 'request'] as const;
type Filters = Readonly<Partial<Record<string, string>>>;

/** A search, or what is wrong with it in a sentence. */
export type Search = { readonly filter: ActivityFilter } | { readonly problem: string };

const day = 86_400_000;

/** The first moment of a day (UTC). */
function dayOf(text: string): Date | undefined {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at);
}

const list = (text: string | undefined): readonly string[] | undefined => {
  const words = (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return words.length === 0 ? undefined : words;
};

/** Reads the report's filters; none of them means everything. The last day of a timespan counts whole. */
export function searchOf({ user, application, from, to, action, status, text, request }: Filters): Search {
  const [first, last] = [from === undefined ? undefined : dayOf(from), to === undefined ? undefined : dayOf(to)];
  if ((from !== undefined && !first) || (to !== undefined && !last))
    return { problem: 'The timespan is two days such as 2026-11-01 and 2026-11-30 (UTC); leave either of them empty.' };
  if (first && last && first > last) return { problem: 'The timespan ends before it begins: exchange its two days.' };
  return {
    filter: {
      user,
      application,
      from: first,
      to: last && new Date(last.getTime() + day),
      actions: list(action),
      statuses: list(status),
      text,
      requestId: request,
    },
  };
}

/** Cursors of the pages that were passed, the present one last: reports know their way forward only. */
export const trailOf = (state: {
  readonly after: readonly string[] | undefined;
  readonly before: readonly string[] | undefined;
}): readonly string[] => (state.before ?? state.after ?? []).slice(-longestTrail);
const longestTrail = 25;
