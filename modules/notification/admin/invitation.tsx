import {
  action,
  confirmation,
  counted,
  FormButtons,
  LinkButton,
  page,
  redirect,
  screen,
  type Visit,
} from '../../admin/index.ts';
import { gridAddress, pickedCustomers } from '../../customer/index.ts';
import { Database, type Executor, HttpError } from '../../framework/index.ts';
import { Invitations } from '../invitation/invitations.ts';
import type { Consideration, InvitationKind, LeftOut } from '../invitation/selection.ts';

/** What administrators know the mails by. */
export const invitationLabels: Readonly<Record<InvitationKind, string>> = {
  activation: 'Send Activation Mail with Password Reset Link',
  welcome: 'Send Welcome Mail',
};
export const invitationAddresses = {
  activation: '/admin/customers/invite',
  welcome: '/admin/customers/welcome',
} as const satisfies Readonly<Record<InvitationKind, string>>;

/** So many of those left out are named. */
const mostNamed = 20;

const sentenceOf = ({ customerId, email, why }: LeftOut): string =>
  `${email === undefined ? `Customer ${customerId}` : `${email} (customer ${customerId})`} ${why}`;

function LeftOutList({ leftOut }: { leftOut: readonly LeftOut[] }) {
  return (
    <ul>
      {leftOut.slice(0, mostNamed).map((out) => (
        <li key={out.customerId}>{sentenceOf(out)}</li>
      ))}
      {leftOut.length > mostNamed && <li>and {leftOut.length - mostNamed} more</li>}
    </ul>
  );
}

const words: Readonly<Record<InvitationKind, (many: number) => string>> = {
  activation: (many) =>
    `${many === 1 ? 'The mail has' : 'Each mail has'} a link to set a password. Links of earlier mails end.`,
  welcome: (many) =>
    `${many === 1 ? 'The mail says' : 'Each mail says'} that there is an account, and has no link to log in.`,
};

const haveOf = (known: number, all: number): string => {
  if (known === all) return all === 1 ? 'The customer has' : 'All of them have';
  return known === 1 ? 'One of them has' : `${known} of them have`;
};

const mails: Readonly<Record<InvitationKind, string>> = { activation: 'activation mail', welcome: 'welcome mail' };

const nobody = (kind: InvitationKind, leftOut: readonly LeftOut[], back: `/admin/${string}`) =>
  screen({
    title: `Nobody can be sent the ${mails[kind]}`,
    body: (
      <div class="card">
        <div class="card-body">
          <LeftOutList leftOut={leftOut} />
          <FormButtons>
            <LinkButton href={back}>Back</LinkButton>
          </FormButtons>
        </div>
      </div>
    ),
  });

/** Says who gets the mail and who does not, and asks; where nobody gets one, says that alone. */
async function ask(
  db: Executor,
  invitations: Invitations,
  kind: InvitationKind,
  ids: readonly number[],
  back: `/admin/${string}`,
) {
  const { invited, leftOut } = await invitations.consider(db, ids, kind);
  if (invited.length === 0) return nobody(kind, leftOut, back);
  const known = kind === 'activation' ? invited.filter(({ hasPassword }) => hasPassword).length : 0;
  return confirmation({
    title: `Send the ${mails[kind]} to ${counted(invited.length, 'customer')}?`,
    action: invitationAddresses[kind],
    confirm: 'Send',
    back,
    fields: { confirmed: '1', customers: ids.join(','), grid: back.split('?')[1] ?? '' },
    children: (
      <>
        <p>{words[kind](invited.length)}</p>
        {known > 0 && <p>{haveOf(known, invited.length)} a password already; it stays until another one is set.</p>}
        {leftOut.length > 0 && (
          <>
            <p>{counted(leftOut.length, 'customer')} will get none:</p>
            <LeftOutList leftOut={leftOut} />
          </>
        )}
      </>
    ),
  });
}

const refusal = (leftOut: readonly LeftOut[]): string =>
  [
    'Nobody was mailed.',
    ...leftOut.slice(0, 5).map(sentenceOf),
    leftOut.length > 5 ? `And ${leftOut.length - 5} more.` : '',
  ]
    .filter(Boolean)
    .join(' ');

const inject = { database: Database, invitations: Invitations };

const askOne = page('/admin/customers/:id/invite', {
  acl: 'notification::invite',
  inject,
  view(visit, { database, invitations }) {
    const [id] = pickedCustomers([visit.params.id ?? '']);
    if (id === undefined) throw new HttpError(404, 'CUSTOMER_UNKNOWN', 'There is no such customer.');
    return ask(database, invitations, 'activation', [id], `/admin/customers/${id}`);
  },
});

/** Of those that were picked in the grid: asks first, then sends. */
const sendOf = (kind: InvitationKind) =>
  action(invitationAddresses[kind], {
    acl: 'notification::invite',
    inject,
    async perform(visit, { database, invitations }) {
      if (visit.form.get('confirmed') !== '1') {
        const ids = pickedCustomers(visit.form.getAll('customer'));
        if (ids.length === 0)
          return redirect(gridAddress(visit.form), { problem: 'Pick customers first, in the column "Pick".' });
        return ask(database, invitations, kind, ids, gridAddress(visit.form));
      }
      const ids = pickedCustomers((visit.form.get('customers') ?? '').split(','));
      const { invited, leftOut } = await database.transaction((tx) =>
        invitations.inviteAll(tx, ids, { actor: byOf(visit), kind }),
      );
      const to = ids.length === 1 ? (`/admin/customers/${ids[0]}` as const) : gridAddress(visit.form);
      return redirect(to, resultOf({ invited, leftOut }));
    },
  });

function resultOf({ invited, leftOut }: Consideration) {
  if (invited.length === 0) return { problem: refusal(leftOut) };
  const queued = `${counted(invited.length, 'mail')} ${invited.length === 1 ? 'was' : 'were'} queued.`;
  return { done: leftOut.length === 0 ? queued : `${queued} ${counted(leftOut.length, 'customer')} got none.` };
}

const byOf = (visit: Visit): string => visit.signedIn?.user ?? 'administration';

export const invitationPages = [askOne, sendOf('activation'), sendOf('welcome')];
