import { sql, sqlTimestamp } from '../../framework/index.ts';
import { Action, Code, Facts, Footer, Heading, type Letter, type MailTemplate, Paragraph } from '../../mail/index.ts';
import type { KeptAlert } from './alert.ts';

export const alertMail = 'notification.alert';

/** Which alerts a mail tells of: those of a cause that wait for one moment. */
export type AlertMail = Readonly<{ cause: string; dueMs: number }>;

interface Told extends KeptAlert {
  readonly at: Date;
}

/** As many as a mail holds; of more the newest. */
const most = 20;

/** `publicUrl`: where the administration is. */
export const alertTemplate = (publicUrl: string): MailTemplate<AlertMail> => ({
  name: alertMail,
  label: 'Alert to administrators',
  sender: 'general',
  async write(tx, { cause, dueMs }) {
    const rows = await tx.all<{ at_ms: number; alert: string }>(sql`SELECT at_ms, alert FROM {vestibule_alert}
      WHERE cause = ${cause} AND due_ms = ${dueMs} ORDER BY alert_id DESC LIMIT ${most + 1}`);
    const alerts = rows.map(({ at_ms, alert }) => ({ ...(JSON.parse(alert) as KeptAlert), at: new Date(at_ms) }));
    const [newest, ...others] = alerts.slice(0, most);
    if (!newest) return { withdrawn: 'The alert was removed meanwhile.' };
    return alertLetter(publicUrl, newest, others, rows.length > most);
  },
  example: () =>
    alertLetter(
      publicUrl,
      {
        title: 'Held: Acme Okta wants to deactivate or delete unusually many customers',
        message: 'Nothing more of the kind is carried out until you decide.',
        facts: [['Customers', '31, where 20 may']],
        cure: 'See what is held with `guard:show 7`.',
        at: new Date('2030-01-31T12:00:00Z'),
      },
      [],
      false,
    ),
});

function alertLetter(publicUrl: string, newest: Told, others: readonly Told[], cut: boolean): Letter {
  const count = cut ? `more than ${most}` : String(others.length + 1);
  return {
    subject: others.length === 0 ? newest.title : `${newest.title} (${count} alerts)`,
    body: (
      <>
        <Heading>{newest.title}</Heading>
        <AlertBody alert={newest} />
        <Action href={`${publicUrl}${newest.page ?? '/admin'}`}>Open the administration</Action>
        {others.length > 0 && (
          <Paragraph>
            These {count} alerts have come up about the same cause since the last mail, which is sent once an hour at
            most. Before this one, newest first:
          </Paragraph>
        )}
        {others.map((alert) => (
          <>
            <Paragraph>
              <strong>{alert.title}</strong>
            </Paragraph>
            <AlertBody alert={alert} />
          </>
        ))}
        <Footer>You get this mail because your address is in notification/operators/recipients.</Footer>
      </>
    ),
  };
}

function AlertBody({ alert: { message, facts = [], cure, at } }: { alert: Told }) {
  return (
    <>
      <Paragraph>{message}</Paragraph>
      <Facts facts={[...facts, ['Noticed', `${sqlTimestamp(at)} UTC`]]} />
      <Paragraph>{cure.split('`').map((text, n) => (n % 2 === 1 ? <Code key={text}>{text}</Code> : text))}</Paragraph>
    </>
  );
}
