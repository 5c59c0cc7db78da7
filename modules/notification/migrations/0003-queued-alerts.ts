import { join, migration, sql } from '../../framework/index.ts';

type Told = Readonly<Record<string, string | number>>;

interface Alert {
  readonly title: string;
  readonly message: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly cure: string;
}

const connectionOf = ({ connection, code }: Told) => ['Connection', `${connection} (${code})`] as const;

/** What the mails that there were before alerts had been queued with, as alerts say it. */
const alerts: Readonly<Record<string, (told: Told) => Alert>> = {
  'notification.token-expiring': (told) => ({
    title: `The SCIM token of ${told.connection} ends in less than ${told.days === 1 ? 'a day' : `${told.days} days`}`,
    message: `From then on ${told.connection} can neither create nor change nor deactivate customers, until it has a new token.`,
    facts: [connectionOf(told), ['Token', `${told.tokenId} (${told.tokenName})`], ['Ends', `${told.expiresAt} UTC`]],
    cure: `To renew it without an interruption: \`${told.cure}\``,
  }),
  'notification.guard-held': (told) => ({
    title: `Held: ${told.connection} wants to deactivate or delete unusually many customers`,
    message: `Within an hour ${told.connection} wanted to deactivate, delete or take out of groups more customers than its guard lets pass. Nothing more of the kind is carried out until you decide.`,
    facts: [
      connectionOf(told),
      ['Customers', `${told.count}, where ${told.limit} may`],
      ['Since', `${told.at} UTC`],
      ['Number of the hold', String(told.holdId)],
    ],
    cure: `See what is held with \`guard:show ${told.holdId}\`, then carry it out with \`guard:approve ${told.holdId}\` or refuse it with \`guard:deny ${told.holdId}\`.`,
  }),
  'notification.saml-attention': (told) => ({
    title: String(told.title),
    message: String(told.message),
    facts: [connectionOf(told)],
    cure: `What to do: \`${told.cure}\``,
  }),
};

/** Mails to administrators that were queued before there were alerts, and not sent yet, become mails of an alert each. */
export default migration({
  async up({ all, run, dialect }) {
    const mails = await all<{ mail_id: number; template: string; data: string; created_ms: number }>(
      sql`SELECT mail_id, template, data, created_ms FROM {vestibule_mail} WHERE template IN (${join(Object.keys(alerts))}) AND state NOT IN ('sent', 'withdrawn')`,
    );
    for (const { mail_id: id, template, data, created_ms: at } of mails) {
      const alert = alerts[template]?.(JSON.parse(data) as Told);
      if (!alert) continue;
      const cause = `mail:${id}`;
      await run(
        sql`${dialect.insertIgnoreInto} {vestibule_alert} (cause, occasion, at_ms, due_ms, alert) VALUES (${cause}, ${cause}, ${at}, ${at}, ${JSON.stringify(alert)})`,
      );
      await run(
        sql`UPDATE {vestibule_mail} SET template = 'notification.alert', data = ${JSON.stringify({ cause, dueMs: Number(at) })} WHERE mail_id = ${id}`,
      );
    }
  },
});
