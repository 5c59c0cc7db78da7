import { type DeliveryFilter, deliveryStates } from '../../delivery/deliveries.ts';

/** The filters of the log, as they are called in its address. */
export const logFilters = ['state', 'customer', 'from', 'to'] as const;
type Filters = Readonly<Partial<Record<string, string>>>;

/** A search, or what is wrong with it in a sentence. */
export type LogSearch = { readonly filter: Omit<DeliveryFilter, 'webhookId'> } | { readonly problem: string };

const day = 86_400_000;

/** The first moment of a day (UTC). */
function dayOf(text: string | undefined): number | undefined | 'wrong' {
  if (text === undefined || text === '') return undefined;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? 'wrong' : at;
}

/** Reads the log's filters; none of them means everything. The last day of a timespan counts whole. */
export function logSearch({ state, customer, from, to }: Filters): LogSearch {
  const [fromMs, lastMs] = [dayOf(from), dayOf(to)];
  if (fromMs === 'wrong' || lastMs === 'wrong')
    return { problem: 'The timespan is two days such as 2026-11-01 and 2026-11-30 (UTC); leave either of them empty.' };
  if (fromMs !== undefined && lastMs !== undefined && fromMs > lastMs)
    return { problem: 'The timespan ends before it begins: exchange its two days.' };
  const wanted = customer?.trim() ?? '';
  if (wanted !== '' && !/^\d{1,10}$/.test(wanted))
    return { problem: 'A customer is looked for by the number that stands in the store as its ID, such as 42.' };
  return {
    filter: {
      state: deliveryStates.find((known) => known === state),
      customerId: wanted === '' ? undefined : Number(wanted),
      fromMs,
      toMs: lastMs === undefined ? undefined : lastMs + day,
    },
  };
}
