import { Action, Code, Facts, Footer, Heading, type MailTemplate, Paragraph } from '../../mail/index.ts';

export const tokenExpiringMail = 'notification.token-expiring';

/** What is told of a token: never the token itself. */
export type TokenExpiringMail = Readonly<{
  connection: string;
  code: string;
  tokenId: string;
  tokenName: string;
  expiresAt: string;
  days: number;
  /** What to type to renew it. */
  cure: string;
}>;

/** `publicUrl`: where the administration is. */
export const tokenExpiringTemplate = (publicUrl: string): MailTemplate<TokenExpiringMail> => ({
  name: tokenExpiringMail,
  label: 'Token about to end',
  sender: 'general',
  async write(_tx, { connection, code, tokenId, tokenName, expiresAt, days, cure }) {
    const span = days === 1 ? 'one day' : `${days} days`;
    return {
      subject: `The SCIM token of ${connection} ends in ${days === 1 ? 'less than a day' : `less than ${span}`}`,
      body: (
        <>
          <Heading>A SCIM token ends soon</Heading>
          <Paragraph>
            From then on {connection} can neither create nor change nor deactivate customers, until it has a new token.
          </Paragraph>
          <Facts
            facts={[
              ['Connection', `${connection} (${code})`],
              ['Token', `${tokenId} (${tokenName})`],
              ['Ends', `${expiresAt} UTC`],
            ]}
          />
          <Paragraph>
            To renew it without an interruption: <Code>{cure}</Code>
          </Paragraph>
          <Action href={`${publicUrl}/admin`}>Open the administration</Action>
          <Footer>You get this mail because your address is in notification/operators/recipients.</Footer>
        </>
      ),
    };
  },
});
