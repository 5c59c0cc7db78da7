import { Connections, exchangeScope, Pulse, Tokens } from '../../../modules/connection/index.ts';
import { KeyPairs, SamlCertificates, type SamlProvider, SamlProviders } from '../../../modules/saml/index.ts';
import saml from '../../../modules/saml/module.ts';
import { type BrowserVisitor, type Page, visitor } from '../../admin/visitor.ts';
import { type HostOptions, openHost, type ScimHost } from '../../provisioning/host.ts';
import type { OpenOptions, TestEngine } from '../../setup/databases.ts';
import { type Forgery, forge } from '../idp/forge.ts';
import { identity } from '../idp/identity.ts';
import { fewKeyPairs } from '../provider/key-pairs.ts';

export const idpAddress = 'http://idp.test';
export const storefront = 'https://shop.example/saml/';

type Changes = NonNullable<Parameters<SamlProviders['change']>[1]>;

/** A host whose connection `default` signs people in, with a forger in the identity provider's place. */
export interface SignInHost extends ScimHost {
  readonly home: string;
  /** A browser that knows nobody yet. */
  visitor(): BrowserVisitor;
  provider(code?: string): Promise<SamlProvider>;
  change(changes: Changes, code?: string): Promise<void>;
  /** Switches SAML on for a further connection. */
  open(code: string): Promise<void>;
  /** Begins a login; answers the ID of the request, which is the RelayState. */
  begin(browser: BrowserVisitor, query?: string): Promise<string>;
  /** Brings a forged answer to the assertion consumer service. */
  answer(browser: BrowserVisitor, forgery?: Partial<Forgery>, relayState?: string): Promise<Page>;
  /** A whole login: begins it and answers. */
  signIn(browser: BrowserVisitor, forgery?: Partial<Forgery>, query?: string): Promise<Page>;
  /** A token of a storefront. */
  storefrontToken(code?: string): Promise<string>;
  exchange(token: string, body: unknown, code?: string): Promise<{ status: number; json: Record<string, unknown> }>;
  /** Makes a user by SCIM; answers its id. */
  provision(userName: string): Promise<number>;
}

/** Switches SAML on for a connection, with an identity provider that the forger speaks for. */
async function trust({ host }: ScimHost, code: string): Promise<void> {
  const providers = host.resolve(SamlProviders);
  await providers.change(code, {
    on: true,
    idp: {
      entityId: `${idpAddress}/entity`,
      ssoUrls: { redirect: `${idpAddress}/sso`, post: `${idpAddress}/sso-post` },
      sloUrls: { redirect: `${idpAddress}/slo`, post: `${idpAddress}/slo-post` },
    },
    settings: { redirects: [storefront] },
  });
  await host.resolve(SamlCertificates).trust(code, identity('idp').certificate);
}

export async function openSignInHost(engine: TestEngine, options: OpenOptions & HostOptions = {}): Promise<SignInHost> {
  const { modules = [], override = [], ...rest } = options;
  let time = (): number => 0;
  const scimHost = await openHost(engine, {
    ...rest,
    modules: [saml, ...modules],
    // Limits are measured by the clock that stands still: what they count is then exact.
    override: [[KeyPairs, fewKeyPairs], [Pulse, { milliseconds: () => time() }], ...override],
  });
  time = () => scimHost.now().getTime();
  const { host, url, database, now } = scimHost;
  await trust(scimHost, 'default');
  const provider = async (code = 'default'): Promise<SamlProvider> => {
    const found = await host.resolve(SamlProviders).byCode(database, code);
    if (!found) throw new Error(`no connection ${code}`);
    return found;
  };
  const self: SignInHost = {
    ...scimHost,
    home: '/saml/default',
    visitor: () => visitor(url),
    provider,
    async change(changes, code = 'default') {
      await host.resolve(SamlProviders).change(code, changes);
    },
    open: (code) => trust(scimHost, code),
    async begin(browser, query = '') {
      const { location, status, text } = await browser.get(`/saml/default/login${query}`);
      const id = location === null ? null : new URL(location).searchParams.get('RelayState');
      if (id === null) throw new Error(`the login did not begin: ${status} ${text}`);
      return id;
    },
    async answer(browser, forgery = {}, relayState = '') {
      const { field } = forge({ provider: await provider(), now: now(), ...forgery });
      return browser.post('/saml/default/acs', { SAMLResponse: field, RelayState: relayState });
    },
    async signIn(browser, forgery = {}, query = '') {
      const id = await self.begin(browser, query);
      return self.answer(browser, { inResponseTo: id, ...forgery }, id);
    },
    storefrontToken: (code = 'default') =>
      database.transaction(async (tx) => {
        const connection = await host.resolve(Connections).byCode(tx, code);
        const asked = { name: 'storefront', scopes: [exchangeScope] };
        return (await host.resolve(Tokens).issue(tx, connection, asked, now())).text;
      }),
    async exchange(token, body, code = 'default') {
      const response = await fetch(`${url}/saml/${code}/exchange`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, json: (await response.json()) as Record<string, unknown> };
    },
    provision: async (userName) =>
      Number(
        await scimHost.scim.create({
          userName,
          name: { givenName: 'Ada', familyName: 'Lovelace' },
          emails: [{ value: userName, primary: true }],
        }),
      ),
  };
  return self;
}
