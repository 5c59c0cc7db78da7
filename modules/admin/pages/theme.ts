import { action } from '../http/page.ts';
import { redirect } from '../kit/visit.ts';
import { ownAccount } from '../role/permissions.ts';
import { backOf } from './login.tsx';

/** Light, dark, or as the system has it; kept in a cookie of this browser. */
export const themeAction = action('/admin/theme', {
  acl: ownAccount,
  perform(visit) {
    const theme = visit.form.get('theme') ?? '';
    return { ...redirect(backOf(visit)), theme: ['light', 'dark'].includes(theme) ? theme : 'system' };
  },
});
