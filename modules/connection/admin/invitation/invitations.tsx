import { Activities } from '../../../activity/index.ts';
import { action, confirmation, page, redirect, type Visit } from '../../../admin/index.ts';
import { Clock, Database, Environment, HttpError, whenProvided } from '../../../framework/index.ts';
import { isPlaceholder, Mails, readRecipient } from '../../../mail/index.ts';
import { type Connection, ConnectionError, Connections } from '../../connection.ts';
import { inviteIdentityAdministrator } from '../../setup/invite.ts';
import { SetupLinks } from '../../setup/setup-link.ts';
import { actorOfVisit, askedConnection } from '../asked-connection.ts';
import {
  type InvitationErrors,
  type InvitationFields,
  invitationScreen,
  newInvitation,
  sentInvitation,
  spans,
} from './invitation-form.tsx';
import { invitationShown } from './invitation-shown.tsx';
import { isOpen } from './invitations-card.tsx';

/** Whoever holds a link makes a token: giving one away asks for the same right. */
const acl = 'connection::tokens';
const mails = whenProvided(Mails);

export const newInvitationPage = page('/admin/connections/:code/invitations/new', {
  acl,
  inject: { database: Database, connections: Connections, mails },
  async view(visit, { database, connections, mails }) {
    const connection = await askedConnection(visit, connections, database);
    return invitationScreen({ connection, fields: newInvitation(connection), errors: {}, mails: mails !== undefined });
  },
});

function errorsOf({ name, days, mailTo }: InvitationFields): InvitationErrors {
  const mailable = mailTo === '' || (readRecipient({ address: mailTo }) !== undefined && !isPlaceholder(mailTo));
  return {
    ...(name === '' ? { name: 'Say whom the link is for.' } : {}),
    ...(days in spans ? {} : { days: 'Choose how long the link is good.' }),
    ...(mailable ? {} : { mailTo: `"${mailTo}" is no address that mail can be sent to.` }),
  };
}

const day = 86_400_000;

export const makeInvitation = action('/admin/connections/:code/invitations/new', {
  acl,
  fresh: true,
  inject: {
    database: Database,
    connections: Connections,
    links: SetupLinks,
    activities: Activities,
    clock: Clock,
    environment: Environment,
    mails,
  },
  async perform(visit, given) {
    const { database, connections, clock, environment } = given;
    const connection = await askedConnection(visit, connections, database);
    const fields = sentInvitation(visit.form);
    const again = (errors: InvitationErrors) =>
      invitationScreen({ connection, fields, errors, mails: given.mails !== undefined });
    const errors = errorsOf(fields);
    if (Object.keys(errors).length > 0) return again(errors);
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + Number(fields.days) * day);
    const mailedTo = given.mails === undefined || fields.mailTo === '' ? undefined : fields.mailTo;
    try {
      const { link, text } = await database.transaction((tx) =>
        inviteIdentityAdministrator(tx, given, {
          connection,
          by: actorOfVisit(visit),
          now,
          link: { name: fields.name, expiresAt, mayChooseProvider: fields.chooses, mailedTo },
        }),
      );
      if (text !== undefined) return invitationShown(connection, link, `${environment.baseUrl}/setup/${text}`);
      return redirect(`/admin/connections/${connection.code}/guide`, {
        done: `The link for ${link.name} goes to ${link.mailedTo} by mail. Should no mail server be set up, it waits there: mail:list shows it.`,
      });
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      return again({ [error.code === 'NAME_INVALID' ? 'name' : 'general']: error.message });
    }
  },
});

const revocation = { database: Database, connections: Connections, links: SetupLinks, clock: Clock };

/** @throws HttpError 404 for a link of another connection, too */
async function askedLink(
  visit: Visit,
  given: { database: Database; connections: Connections; links: SetupLinks; clock: Clock },
) {
  const connection: Connection = await askedConnection(visit, given.connections, given.database);
  const all = await given.links.list(given.database, connection.id, given.clock.now());
  const link = all.find(({ publicId }) => publicId === visit.params.id);
  if (!link) throw new HttpError(404, 'NOT_FOUND', 'This connection has no such link.');
  return { connection, link };
}

export const revokeInvitationPage = page('/admin/connections/:code/invitations/:id/revoke', {
  acl,
  inject: revocation,
  async view(visit, given) {
    const { connection, link } = await askedLink(visit, given);
    const back = `/admin/connections/${connection.code}/guide`;
    if (!isOpen(link)) return redirect(back as `/${string}`, { note: 'This link is over already.' });
    return confirmation({
      title: `Revoke the link of ${link.name}?`,
      action: `/admin/connections/${connection.code}/invitations/${link.publicId}/revoke`,
      confirm: 'Revoke Link',
      back,
      children: (
        <>
          <p>It opens nothing any more, at once; a new one can be made.</p>
          {link.tokenPublicId !== null && (
            <p>
              The token <span class="code">vsb_{link.tokenPublicId}_…</span> that was made with it goes on. Revoke it on{' '}
              <a href={`/admin/connections/${connection.code}`}>SCIM Configuration</a> if it must not.
            </p>
          )}
        </>
      ),
    });
  },
});

export const revokeInvitation = action('/admin/connections/:code/invitations/:id/revoke', {
  acl,
  inject: { ...revocation, activities: Activities },
  async perform(visit, given) {
    const { connection, link } = await askedLink(visit, given);
    const now = given.clock.now();
    await given.database.transaction(async (tx) => {
      await given.links.revoke(tx, connection, link.publicId, now);
      given.activities.record(tx, {
        at: now,
        operation: 'setup-link.revoke',
        outcome: 'done',
        status: 200,
        connectionId: connection.id,
        subject: link.name,
        actor: actorOfVisit(visit),
      });
    });
    return redirect(`/admin/connections/${connection.code}/guide`, { done: `The link of ${link.name} is revoked.` });
  },
});
