import { Action, Code, Facts, Footer, Heading, type MailTemplate, Paragraph } from '../../mail/index.ts';

export const guardHeldMail = 'notification.guard-held';

export type GuardHeldMail = Readonly<{
  connection: string;
  code: string;
  holdId: number;
  count: number;
  limit: number;
  /** `YYYY-MM-DD HH:MM:SS`, UTC. */
  at: string;
}>;

/** `publicUrl`: where the administration is. */
export const guardHeldTemplate = (publicUrl: string): MailTemplate<GuardHeldMail> => ({
  name: guardHeldMail,
  label: 'Mass deprovisioning held',
  sender: 'general',
  async write(_tx, { connection, code, holdId, count, limit, at }) {
    return {
      subject: `Held: ${connection} wants to deactivate or delete unusually many customers`,
      body: (
        <>
          <Heading>Changes of {connection} are held</Heading>
          <Paragraph>
            Within an hour {connection} wanted to deactivate, delete or take out of groups more customers than its guard
            lets pass. Nothing more of the kind is carried out until you decide.
          </Paragraph>
          <Facts
            facts={[
              ['Connection', `${connection} (${code})`],
              ['Customers', `${count}, where ${limit} may`],
              ['Since', `${at} UTC`],
              ['Number of the hold', String(holdId)],
            ]}
          />
          <Paragraph>
            See what is held with <Code>guard:show {String(holdId)}</Code>, then carry it out with{' '}
            <Code>guard:approve {String(holdId)}</Code> or refuse it with <Code>guard:deny {String(holdId)}</Code>.
          </Paragraph>
          <Action href={`${publicUrl}/admin`}>Open the administration</Action>
          <Footer>You get this mail because your address is in notification/operators/recipients.</Footer>
        </>
      ),
    };
  },
});
