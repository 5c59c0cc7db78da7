import type { ListResult } from '../../scim/index.ts';
import type { FoundPage } from '../search/search.ts';
import { parseUserId } from './user-id.ts';

/** The list's cursors by keys as cursors by ids. */
export const cursorBehind = (behind: NonNullable<FoundPage['behind']>): Pick<ListResult, 'cursorBehind'> => ({
  cursorBehind(text) {
    const id = parseUserId(text);
    return id && behind(id.customerId);
  },
});
