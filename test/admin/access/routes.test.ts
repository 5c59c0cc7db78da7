import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Sessions } from '../../../modules/admin/access/session.ts';
import { signIn } from '../../../modules/admin/testing/index.ts';
import {
  createTestHost,
  Database,
  installationAt,
  type Mount,
  type Route,
  type TestHost,
} from '../../../modules/framework/index.ts';
import { visitor } from '../visitor.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** Of the whole product, these alone are open to everybody. Each says why in its declaration. */
const open = [
  'GET /admin/assets/:version/:name',
  'POST /admin/api/v1/token',
  'GET /admin/login',
  'POST /admin/login',
  'POST /admin/logout',
  'GET /admin/second-factor',
  'POST /admin/second-factor',
  ...['', '/provider', '/guide', '/requests', '/check', '/finish'].map((page) => `GET /setup/:link${page}`),
  ...['', '/provider', '/token', '/finish'].map((act) => `POST /setup/:link${act}`),
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  ...['/openapi.json', '/docs/api', '/docs/api/postman.json', '/docs/api/assets/:version/:name'].map(
    (at) => `GET ${at}`,
  ),
  // Of no store: the shape of mappings.
  'GET /docs/api/attribute-mapping.schema.json',
  'all of /scim/v2',
  'all of /stores',
  'GET /saml/~assets/:version/:name',
  ...['login', 'account', 'logout', 'metadata'].map((page) => `GET /saml/:connection/${page}`),
  ...['acs', 'exchange', 'logout'].map((act) => `POST /saml/:connection/${act}`),
  ...['/~assets/:version/:name', '', '/done', '/again'].map((page) => `GET /customer/account/createPassword${page}`),
  ...['', '/again'].map((act) => `POST /customer/account/createPassword${act}`),
];

describe('Every route, of all modules', () => {
  let host: TestHost;
  let url: string;
  before(async () => {
    const installation = installationAt(new URL('../../../server.ts', import.meta.url).href);
    host = await createTestHost({ modules: await installation.load(await installation.enabled()) });
    ({ url } = await host.listen());
  });
  after(() => host.close());

  const all = () => host.host.inventory.routes.map(({ item }) => item);
  /** What is done by a login: in the administration, and wherever else a resource is named. */
  const guarded = () =>
    all().flatMap((item) => (item.kind === 'route' && (item.area === 'admin' || 'acl' in item.access) ? [item] : []));
  const nameOf = (item: Route | Mount): string => `${item.kind === 'route' ? item.method : 'all of'} ${item.path}`;
  const addressOf = (path: string): string => path.replace(/:[A-Za-z_]\w*/g, '1');

  it('names an ACL resource unless it is one of a few, and belongs to the area "admin" where its path says so', () => {
    expect(guarded()).to.have.length.greaterThan(20);
    const misplaced = all().filter(
      (item) => /^\/admin(\/|$)/.test(item.path) && !(item.kind === 'route' && item.area === 'admin'),
    );
    expect(misplaced.map(nameOf)).to.deep.equal([]);
    const unnamed = all().filter(({ access }) => !('acl' in access));
    expect(unnamed.map(nameOf)).to.have.members(open);
  });

  it('is closed to whoever has not logged in', async () => {
    const answers = await Promise.all(
      guarded()
        .filter(({ access }) => 'acl' in access)
        .map(async (item) => {
          const { status } = await fetch(url + addressOf(item.path), { method: item.method });
          return `${nameOf(item)} ${status}`;
        }),
    );
    expect(answers.filter((answer) => !answer.endsWith(' 401'))).to.deep.equal([]);
  });

  it('changes nothing for another site, nor without the token of a form', async function () {
    this.timeout(60_000);
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
    const unsafe = guarded().filter(({ method }) => method !== 'GET');
    expect(unsafe).to.have.length.greaterThan(10);
    const attacks: readonly Record<string, string>[] = [
      {},
      { 'x-csrf-token': 'x'.repeat(43) },
      { 'x-csrf-token': token ?? '', 'sec-fetch-site': 'cross-site' },
      { 'x-csrf-token': token ?? '', 'sec-fetch-site': 'same-site' },
      { 'x-csrf-token': token ?? '', origin: 'https://evil.example' },
      { 'x-csrf-token': token ?? '', origin: 'null' },
    ];
    const passed: string[] = [];
    for (const item of unsafe)
      await Promise.all(
        attacks.map(async (headers) => {
          const sent = { method: item.method, headers: { cookie, ...headers } };
          const { status } = await fetch(url + addressOf(item.path), sent);
          if (status !== 403) passed.push(`${nameOf(item)} with ${JSON.stringify(headers)}: ${status}`);
        }),
      );
    expect(passed).to.deep.equal([]);
    expect((await visitor(url).get('/admin/login')).status).to.equal(200);
  });

  it('that programs use is described at the address that the menu leads to', async () => {
    const cookies = (await signIn(host)).cookies;
    const browser = visitor(url);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    const [, address = ''] = /class="menu-link" href="([^"]+)"/.exec((await browser.get('/admin')).text) ?? [];
    expect(address).to.equal('/docs/api');
    expect((await browser.get(address)).status).to.equal(200);
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
