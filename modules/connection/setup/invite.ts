import type { Activities } from '../../activity/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Mails } from '../../mail/index.ts';
import type { Connection } from '../connection.ts';
import { type SetupLinkMail, setupLinkMail } from './mail.tsx';
import type { NewSetupLink, SetupLink, SetupLinks } from './setup-link.ts';

/**
 * Makes a link, records who did, and queues the mail that takes it where one is to. `text` stands behind `/setup/`; a
 * mailed one has none, its secret is made when the mail is written.
 *
 * @throws ConnectionError `NAME_INVALID`
 */
export async function inviteIdentityAdministrator(
  tx: Transaction,
  room: { readonly links: SetupLinks; readonly activities: Activities; readonly mails: Mails | undefined },
  given: { connection: Connection; link: NewSetupLink; by: string; now: Date },
): Promise<{ link: SetupLink; text: string | undefined }> {
  const { connection, by, now } = given;
  const made = await room.links.invite(tx, connection, given.link, by, now);
  const { publicId, name, mailedTo, expiresAt } = made.link;
  room.activities.record(tx, {
    at: now,
    operation: 'setup-link.make',
    outcome: 'done',
    status: 201,
    connectionId: connection.id,
    subject: name,
    actor: by,
    notes: [
      mailedTo === null
        ? `A setup link until ${expiresAt} UTC was shown to ${by}.`
        : `A setup link until ${expiresAt} UTC goes by mail to ${mailedTo}.`,
    ],
  });
  if (mailedTo !== null) {
    const data: SetupLinkMail = { publicId, name, connection: connection.name, by, expiresAt };
    room.mails?.send(tx, {
      template: setupLinkMail,
      data,
      websiteId: connection.websiteId,
      to: { address: mailedTo },
      topic: `setup-link:${publicId}`,
    });
  }
  return made;
}
