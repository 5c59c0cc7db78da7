import { ActivityReports } from '../../activity/index.ts';
import { page, type Screen, screen, Tabs, type Visit } from '../../admin/index.ts';
import { askedConnection, Connections } from '../../connection/index.ts';
import { Clock, Database } from '../../framework/index.ts';
import { Agreements } from '../identity/agreement.ts';
import type { SamlConfiguration } from '../provider/configuration.ts';
import { SamlProviders } from '../provider/providers.ts';
import { type Part, parts, tabPath } from './back.ts';
import { ClaimsPart } from './claims-form.tsx';
import { SetUp } from './set-up.tsx';
import { SettingsForm } from './settings-form.tsx';
import { SignInsPart } from './sign-ins-part.tsx';

const labels: Readonly<Record<Part, string>> = {
  setup: 'Set-Up',
  settings: 'Settings',
  claims: 'Claims',
  'sign-ins': 'Sign-Ins',
};

/** A part of the tab with the way to the others. `body` is what it shows. */
export const partScreen = (held: SamlConfiguration, part: Part, body: Screen['body'], status = 200): Screen =>
  screen({
    title: held.connection.name,
    status,
    // A form that was refused is no page of the tab's own address, and has not its heading.
    ...(status === 200 ? {} : { back: { href: tabPath(held.connection.code, part), label: 'SAML SSO' } }),
    body: (
      <>
        <Tabs
          label="Parts of SAML SSO"
          tabs={parts.map((name) => ({
            label: labels[name],
            href: tabPath(held.connection.code, name),
            current: name === part,
          }))}
        />
        {body}
      </>
    ),
  });

/** The SAML half of the connection that a page's address names. @throws HttpError 404 */
export async function heldConfiguration(
  visit: Visit,
  given: { database: Database; connections: Connections; providers: SamlProviders },
): Promise<SamlConfiguration> {
  const { code } = await askedConnection(visit, given.connections, given.database);
  return given.providers.configuration(given.database, code);
}

export const samlServices = { database: Database, connections: Connections, providers: SamlProviders, clock: Clock };

const history = 12;
const compared = 200;

/** The tab SAML SSO. */
export const samlPage = page('/admin/connections/:code/saml', {
  acl: 'saml::view',
  tab: { of: 'connection', label: 'SAML SSO', sortOrder: 45 },
  inject: { ...samlServices, reports: ActivityReports, agreements: Agreements },
  async view(visit, given) {
    const held = await heldConfiguration(visit, given);
    const { connection, settings } = held;
    const part = parts.find((name) => name === visit.query.get('part')) ?? 'setup';
    if (part === 'settings')
      return partScreen(held, part, <SettingsForm code={connection.code} settings={settings} errors={{}} />);
    if (part === 'claims')
      return partScreen(held, part, <ClaimsPart connection={connection} rows={settings.claims} issues={[]} />);
    if (part === 'setup') return partScreen(held, part, <SetUp held={held} now={given.clock.now()} />);
    const { items, nextCursor } = await given.reports.page(
      given.database,
      { connectionId: connection.id, actions: ['sign-in', 'sign-out'] },
      { limit: history },
    );
    const agreement = await given.agreements.page(given.database, connection, { limit: compared });
    return partScreen(
      held,
      part,
      <SignInsPart connection={connection} items={items} more={nextCursor !== undefined} agreement={agreement} />,
    );
  },
});
