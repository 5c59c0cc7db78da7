import { Action, Code, Facts, Footer, Heading, type MailTemplate, Paragraph } from '../../mail/index.ts';

export const samlAttentionMail = 'notification.saml-attention';

export type SamlAttentionMail = Readonly<{
  connection: string;
  code: string;
  title: string;
  message: string;
  /** What to type. */
  cure: string;
}>;

/** `publicUrl`: where the administration is. */
export const samlAttentionTemplate = (publicUrl: string): MailTemplate<SamlAttentionMail> => ({
  name: samlAttentionMail,
  label: 'SAML needs attention',
  sender: 'general',
  async write(_tx, { connection, code, title, message, cure }) {
    return {
      subject: title,
      body: (
        <>
          <Heading>{title}</Heading>
          <Paragraph>{message}</Paragraph>
          <Facts facts={[['Connection', `${connection} (${code})`]]} />
          <Paragraph>
            What to do: <Code>{cure}</Code>
          </Paragraph>
          <Action href={`${publicUrl}/admin`}>Open the administration</Action>
          <Footer>You get this mail because your address is in notification/operators/recipients.</Footer>
        </>
      ),
    };
  },
});
