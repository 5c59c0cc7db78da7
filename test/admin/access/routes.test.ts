import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Sessions } from '../../../modules/admin/access/session.ts';
import { createTestHost, Database, installationAt, type TestHost } from '../../../modules/framework/index.ts';
import { visitor } from '../visitor.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** Of the administration, these alone are open to everybody. Each says why in its declaration. */
const open = [
  'GET /admin/assets/:version/:name',
  'POST /admin/api/v1/token',
  'GET /admin/login',
  'POST /admin/login',
  'POST /admin/logout',
  'GET /admin/second-factor',
  'POST /admin/second-factor',
];

describe('Every route of the administration, of all modules', () => {
  let host: TestHost;
  let url: string;
  before(async () => {
    const installation = installationAt(new URL('../../../server.ts', import.meta.url).href);
    host = await createTestHost({ modules: await installation.load(await installation.enabled()) });
    ({ url } = await host.listen());
  });
  after(() => host.close());

  const routes = () =>
    host.host.inventory.routes.flatMap(({ item }) =>
      item.kind === 'route' && /^\/admin(\/|$)/.test(item.path) ? [item] : [],
    );
  const nameOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;
  const addressOf = (path: string): string => path.replace(/:[A-Za-z_]\w*/g, '1');

  it('belongs to the area "admin", and names an ACL resource unless it is one of a few', () => {
    expect(routes()).to.have.length.greaterThan(20);
    expect(
      routes()
        .filter(({ area }) => area !== 'admin')
        .map(nameOf),
    ).to.deep.equal([]);
    expect(
      routes()
        .filter(({ access }) => !('acl' in access))
        .map(nameOf),
    ).to.have.members(open);
  });

  it('is closed to whoever has not logged in', async () => {
    const answers = await Promise.all(
      routes()
        .filter(({ access }) => 'acl' in access)
        .map(async (item) => {
          const { status } = await fetch(url + addressOf(item.path), { method: item.method });
          return `${nameOf(item)} ${status}`;
        }),
    );
    expect(answers.filter((answer) => !answer.endsWith(' 401'))).to.deep.equal([]);
  });

  it('changes nothing for another site, nor without the token of a form', async () => {
    const { secret } = await host.resolve(Sessions).open(
      host.resolve(Database),
      {
        administratorId: 1,
        kind: 'browser',
        stage: 'full',
        address: undefined,
        agent: undefined,
      },
      new Date(),
    );
    const cookie = `vestibule_admin=${secret}`;
    const token = /name="_token" value="([^"]+)"/.exec(
      await (await fetch(`${url}/admin`, { headers: { cookie } })).text(),
    )?.[1];
    const unsafe = routes().filter(({ method }) => method !== 'GET');
    expect(unsafe).to.have.length.greaterThan(10);
    const attacks: readonly Record<string, string>[] = [
      {},
      { 'x-csrf-token': 'x'.repeat(43) },
      { 'x-csrf-token': token ?? '', 'sec-fetch-site': 'cross-site' },
      { 'x-csrf-token': token ?? '', 'sec-fetch-site': 'same-site' },
      { 'x-csrf-token': token ?? '', origin: 'https://evil.example' },
      { 'x-csrf-token': token ?? '', origin: 'null' },
    ];
    for (const item of unsafe)
      for (const headers of attacks) {
        const { status } = await fetch(url + addressOf(item.path), {
          method: item.method,
          headers: { cookie, ...headers },
        });
        expect(status, `${nameOf(item)} with ${JSON.stringify(headers)}`).to.equal(403);
      }
    expect((await visitor(url).get('/admin/login')).status).to.equal(200);
  });
});

/**
 * Pages of people who sign in have no session of the administration to take a token from: two forms that log out are
 * held to their own site by cookie and Sec-Fetch-Site (test/saml/logout), the third goes to the identity provider. The
 * page that sets a password carries the token of the mail, which no other site knows. The form that tries an operation of
 * the API out has no address: its script sends what is asked with a bearer token, and without cookies.
 */
const visitorsForms = [
  join('api-docs', 'page', 'try-it.tsx'),
  ...['answers', 'form'].map((page) => join('notification', 'password-page', 'page', `${page}.tsx`)),
  ...['account', 'logout', 'post-form'].map((page) => join('saml', 'page', `${page}.tsx`)),
];

describe('Forms', () => {
  it('are written with <Form> or <QueryForm>, which bring the token, and nowhere by hand', () => {
    const found = readdirSync(join(project, 'modules'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx') && file !== join('admin', 'kit', 'form.tsx'))
      .filter((file) => /<form\b/.test(readFileSync(join(project, 'modules', file), 'utf8')));
    expect(found.sort()).to.deep.equal(visitorsForms);
  });

  it('have no inline style or script', () => {
    const found = readdirSync(join(project, 'modules', 'admin'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .filter((file) =>
        /\sstyle=|dangerouslySetInnerHTML|\son[a-z]+=/.test(
          readFileSync(join(project, 'modules', 'admin', file), 'utf8'),
        ),
      );
    expect(found).to.deep.equal([]);
  });
});
