import { action, confirmation, counted, page, redirect, type Visit } from '../../admin/index.ts';
import { Database, HttpError } from '../../framework/index.ts';
import { Invitations } from '../invitation/invitations.ts';
import { NotificationError } from '../notification-error.ts';

export const invitationLabel = 'Send Activation Mail with Password Reset Link';

/** As many as one page of the grid shows. */
const most = 200;

/** The ids of a form, each once. @throws HttpError */
function picked(texts: readonly string[]): readonly number[] {
  const ids = [...new Set(texts)].filter((text) => /^\d{1,10}$/.test(text)).map(Number);
  if (ids.length > most) throw new HttpError(400, 'TOO_MANY', `Pick ${most} customers at most.`);
  return ids;
}

const ask = (ids: readonly number[], back: string) =>
  confirmation({
    title: `Send the activation mail to ${counted(ids.length, 'customer')}?`,
    action: '/admin/customers/invite',
    confirm: 'Send',
    back,
    fields: { confirmed: '1', customers: ids.join(',') },
    children: (
      <p>
        Each gets a mail with a link to set a password. Links of earlier mails end; who is deactivated, or has no
        address, is left out and named.
      </p>
    ),
  });

const askOne = page('/admin/customers/:id/invite', {
  acl: 'notification::invite',
  view(visit) {
    const [id] = picked([visit.params.id ?? '']);
    if (id === undefined) throw new HttpError(404, 'CUSTOMER_UNKNOWN', 'There is no such customer.');
    return ask([id], `/admin/customers/${id}`);
  },
});

/** Of those that were picked in the grid: asks first, then sends. */
const send = action('/admin/customers/invite', {
  acl: 'notification::invite',
  inject: { database: Database, invitations: Invitations },
  async perform(visit, { database, invitations }) {
    if (visit.form.get('confirmed') !== '1') {
      const ids = picked(visit.form.getAll('customer'));
      if (ids.length === 0)
        return redirect('/admin/customers', { problem: 'Pick customers first, in the column "Pick".' });
      return ask(ids, '/admin/customers');
    }
    const ids = picked((visit.form.get('customers') ?? '').split(','));
    const refused: string[] = [];
    for (const id of ids)
      try {
        await database.transaction((tx) => invitations.invite(tx, id, byOf(visit)));
      } catch (error) {
        if (!(error instanceof NotificationError)) throw error;
        refused.push(error.message);
      }
    const sent = ids.length - refused.length;
    const to = ids.length === 1 ? (`/admin/customers/${ids[0]}` as const) : '/admin/customers';
    const said = `${counted(sent, 'mail')} ${sent === 1 ? 'was' : 'were'} queued.`;
    if (refused.length === 0) return redirect(to, { done: said });
    return redirect(to, { problem: [sent > 0 ? said : '', ...refused.slice(0, 5)].filter(Boolean).join(' ') });
  },
});

const byOf = (visit: Visit): string => visit.signedIn?.user ?? 'administration';

export const invitationPages = [askOne, send];
