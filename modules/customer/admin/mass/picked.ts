import { HttpError } from '../../../framework/index.ts';

/** As many as one page of the grid shows. */
const most = 200;

/** The ids that were picked, each once. @throws HttpError 400 for more than a page has */
export function pickedCustomers(texts: readonly string[]): readonly number[] {
  const ids = [...new Set(texts)].filter((text) => /^\d{1,10}$/.test(text)).map(Number);
  if (ids.length > most) throw new HttpError(400, 'TOO_MANY', `Pick ${most} customers at most.`);
  return ids;
}

/** The grid as it was looked at when customers were picked: filters, order and place stay. */
export function gridAddress(form: URLSearchParams): `/admin/customers${string}` {
  const query = new URLSearchParams((form.get('grid') ?? '').slice(0, 4_000)).toString();
  return query === '' ? '/admin/customers' : `/admin/customers?${query}`;
}
