import { action, Card, LinkButton, page, redirect, screen } from '../../admin/index.ts';
import { askedConnection, providerOf } from '../../connection/index.ts';
import { HttpError } from '../../framework/index.ts';
import { readProvider } from '../provider/rows.ts';
import { TestLogins } from '../test-login/test-login.ts';
import { tabPath } from './back.ts';
import { missingFrom } from './missing.ts';
import { heldConfiguration, samlServices } from './page.tsx';
import { TestResult } from './test-result.tsx';
import { wouldBe, wouldBeServices } from './would-be.ts';

const acl = 'saml::manage';

/**
 * Makes a ticket and shows the way to the identity provider. A link and no redirect: browsers apply `form-action` to
 * where a form is redirected to, and this form may lead to this site alone.
 */
export const beginTest = action('/admin/connections/:code/saml/test', {
  acl,
  inject: { ...samlServices, tests: TestLogins },
  async perform(visit, { tests, ...given }) {
    const held = await heldConfiguration(visit, given);
    const { connection } = held;
    const now = given.clock.now();
    if (!visit.signedIn || missingFrom(held, now).length > 0)
      return redirect(tabPath(connection.code), { problem: 'A test login needs what is missing first.' });
    const path = await tests.begin(given.database, connection, visit.signedIn.id, now);
    const provider = providerOf(connection.profile);
    return screen({
      title: 'Test Login',
      back: { href: tabPath(connection.code), label: connection.name },
      body: (
        <Card title={`Log in at ${provider.name === 'Another provider' ? 'the identity provider' : provider.name}`}>
          <p>
            You are led to the identity provider and back here, in this window. Log in as somebody to whom the
            application is assigned. The way is good once, for ten minutes.
          </p>
          <div class="button-row">
            <LinkButton href={path} look="primary" icon="out">
              Go to the Identity Provider
            </LinkButton>
            <LinkButton href={tabPath(connection.code)}>Cancel</LinkButton>
          </div>
        </Card>
      ),
    });
  },
});

/** What came back of a test, for the administrator who began it. */
export const testPage = page('/admin/connections/:code/saml/test/:ticket', {
  acl,
  inject: { ...samlServices, ...wouldBeServices, tests: TestLogins },
  async view(visit, { tests, previews, users, ...given }) {
    const connection = await askedConnection(visit, given.connections, given.database);
    const ticket = visit.params.ticket ?? '';
    const test = await tests.result(given.database, ticket, visit.signedIn?.id ?? 0, given.clock.now());
    if (test?.connectionId !== connection.id)
      throw new HttpError(404, 'NOT_FOUND', 'There is no such test login, or its ten minutes are over. Begin another.');
    const { settings } = await readProvider(given.database, connection.id);
    const would =
      test.state === 'verified' && test.mapped
        ? await wouldBe(given.database, { previews, users }, { connection, settings }, test.mapped)
        : undefined;
    return screen({
      title: 'Test Login',
      back: { href: tabPath(connection.code), label: connection.name },
      body: <TestResult code={connection.code} test={test} would={would} />,
    });
  },
});
