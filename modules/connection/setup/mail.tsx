import {
  Action,
  Facts,
  Footer,
  Heading,
  type Letter,
  type MailStore,
  type MailTemplate,
  Paragraph,
} from '../../mail/index.ts';
import type { SetupLinks } from './setup-link.ts';

export const setupLinkMail = 'connection.setup-link';

/** What lies in the queue: never the link itself. */
export type SetupLinkMail = Readonly<{
  publicId: string;
  name: string;
  connection: string;
  by: string;
  /** `YYYY-MM-DD HH:MM:SS`, UTC. */
  expiresAt: string;
}>;

/** The mail that takes a link to an identity administrator. The link's secret is made when the mail is written. */
export const setupLinkTemplate = (links: SetupLinks, publicUrl: string): MailTemplate<SetupLinkMail> => ({
  name: setupLinkMail,
  label: 'Setup link for an identity administrator',
  sender: 'general',
  async write(tx, { publicId, name, connection, by, expiresAt }, store, now) {
    const text = await links.renew(tx, publicId, now);
    if (text === undefined) return { withdrawn: 'The link was begun with, revoked, or has expired.' };
    return setupLetter({ name, connection, by, expiresAt, href: `${publicUrl}/setup/${text}` }, store);
  },
  example: (store) =>
    setupLetter(
      {
        name: 'Ida',
        connection: 'Acme Okta',
        by: 'anna',
        expiresAt: '2030-01-31 12:00:00',
        href: `${publicUrl}/setup/example`,
      },
      store,
    ),
});

type SetupLetter = Omit<SetupLinkMail, 'publicId'> & { readonly href: string };

function setupLetter({ name, connection, by, expiresAt, href }: SetupLetter, store: MailStore): Letter {
  return {
    subject: `Connect your identity provider to ${store.name}`,
    body: (
      <>
        <Heading>Connect your identity provider to {store.name}</Heading>
        <Paragraph>Hello {name},</Paragraph>
        <Paragraph>
          {by} asks you to set up {connection}: people in your directory become customers of {store.name}, and are kept
          up to date. The page has the steps for your identity provider with the values filled in, and makes the token.
          You need no account.
        </Paragraph>
        <Action href={href}>Open the setup guide</Action>
        <Facts facts={[['Good until', `${expiresAt} UTC`]]} />
        <Paragraph>
          Begin in the browser in which you administer your identity provider: the link then works there and nowhere
          else.
        </Paragraph>
        <Footer>You get this mail because {by} entered your address. If you did not expect it, ignore it.</Footer>
      </>
    ),
  };
}
