import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IdentityProvider, ServiceProvider, type ServiceProviderInstance, setSchemaValidator } from 'samlify';
import { identity } from '../idp/identity.ts';
import { idpOrigin, type Listening, person, type Told } from './messages.ts';
import { formPage, loginPage, plainPage } from './pages.ts';
import { responseXml } from './response.ts';

// An identity provider in a process of its own: samlify in the role that its users give it, and a login page.
setSchemaValidator({ validate: async () => 'skipped' });
const key = identity('idp-process');
const both = (path: string) => [
  { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: `${idpOrigin}${path}` },
  { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: `${idpOrigin}${path}` },
];
const idp = IdentityProvider({
  entityID: `${idpOrigin}/metadata`,
  privateKey: key.privateKey,
  signingCert: key.certificate,
  wantAuthnRequestsSigned: true,
  wantLogoutRequestSigned: true,
  wantLogoutResponseSigned: true,
  nameIDFormat: ['urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'],
  singleSignOnService: both('/sso'),
  singleLogoutService: both('/slo'),
  loginResponseTemplate: { context: '<unused/>', attributes: [] },
});

const serviceProviders = new Map<string, ServiceProviderInstance>();
/** Who is logged in here: at most one person, whom all browsers of a test share. */
let session: { readonly index: string; readonly at: Set<ServiceProviderInstance> } | undefined;
let sessions = 0;
type Fields = Record<string, string>;

async function fieldsOf(request: IncomingMessage): Promise<Fields> {
  let text = '';
  for await (const part of request) text += part;
  return Object.fromEntries(new URLSearchParams(text));
}

/** A message as samlify takes it, whichever way it came, and who sent it. */
function messageOf(rawQuery: string, query: Fields, body: Fields) {
  const posted = body.SAMLRequest !== undefined || body.SAMLResponse !== undefined;
  const octetString = rawQuery.split('&Signature=')[0] ?? '';
  return {
    binding: posted ? 'post' : 'redirect',
    request: posted ? { body } : { query, octetString },
    relayState: (posted ? body : query).RelayState ?? '',
  };
}

/** The service provider that a message claims to be of: its signature is checked with that one's key. */
async function bySender<T>(work: (sp: ServiceProviderInstance) => Promise<T>): Promise<[ServiceProviderInstance, T]> {
  let last: unknown;
  for (const sp of serviceProviders.values()) {
    try {
      return [sp, await work(sp)];
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

/** Sends the browser back with an assertion; unasked where no request is named. */
async function answer(
  response: ServerResponse,
  sp: ServiceProviderInstance,
  requestId: string | undefined,
  relayState: string,
) {
  session ??= { index: `_idp${++sessions}`, at: new Set() };
  session.at.add(sp);
  const acs = String(sp.entityMeta.getAssertionConsumerService('post'));
  const { index } = session;
  const id = `_r${Date.now()}${++sessions}`;
  const made = await idp.createLoginResponse(
    sp,
    { extract: { request: { id: requestId ?? '' } } },
    'post',
    {},
    {
      relayState,
      customTagReplacement: () => ({
        id,
        context: responseXml({
          id,
          acs,
          issuer: `${idpOrigin}/metadata`,
          audience: sp.entityMeta.getEntityID(),
          requestId,
          index,
        }),
      }),
    },
  );
  formPage(response, acs, { SAMLResponse: made.context, RelayState: relayState });
}

const routes: Record<
  string,
  (response: ServerResponse, rawQuery: string, query: Fields, body: Fields) => Promise<void>
> = {
  async '/sso'(response, rawQuery, query, body) {
    const { binding, request, relayState } = messageOf(rawQuery, query, body);
    const [sp, { extract }] = await bySender((each) => idp.parseLoginRequest(each, binding, request));
    const requestId = String(extract.request?.id);
    if (session) await answer(response, sp, requestId, relayState);
    else loginPage(response, { sp: sp.entityMeta.getEntityID(), requestId, relayState });
  },
  async '/login'(response, _rawQuery, _query, { user, password, sp = '', requestId, relayState = '' }) {
    const asker = serviceProviders.get(sp);
    if (!asker || user !== person.name || password !== person.password) throw new Error('wrong name or password');
    await answer(response, asker, requestId || undefined, relayState);
  },
  /** The tile of an application on a person's dashboard. */
  async '/start'(response, _rawQuery, { sp = '', relayState = '' }) {
    const asker = serviceProviders.get(sp);
    if (!asker) throw new Error('unknown application');
    if (session) await answer(response, asker, undefined, relayState);
    else loginPage(response, { sp, requestId: '', relayState });
  },
  async '/slo'(response, rawQuery, query, body) {
    const { binding, request, relayState } = messageOf(rawQuery, query, body);
    if ((query.SAMLResponse ?? body.SAMLResponse) !== undefined) {
      const [, { extract }] = await bySender((each) => idp.parseLogoutResponse(each, binding, request));
      plainPage(response, `Logged out of everything: ${String(extract.response?.inResponseTo ?? '')}`);
      return;
    }
    const [sp, { extract }] = await bySender((each) => idp.parseLogoutRequest(each, binding, request));
    session = undefined;
    const info = { extract: { request: { id: String(extract.request?.id) } } };
    send(response, idp.createLogoutResponse(sp, info, binding, relayState), 'SAMLResponse', relayState);
  },
  /** The person logs out here, and with that everywhere. */
  async '/logout'(response, _rawQuery, { binding = 'redirect' }) {
    const [sp] = session?.at ?? [];
    if (!session || !sp) throw new Error('nobody is logged in');
    const { index } = session;
    session = undefined;
    const user = { logoutNameID: person.name, sessionIndex: index };
    send(response, idp.createLogoutRequest(sp, binding, user, 'bye'), 'SAMLRequest', 'bye');
  },
  async '/forget'(response) {
    session = undefined;
    plainPage(response, 'forgotten');
  },
  async '/who'(response) {
    plainPage(response, session ? `${person.name} is logged in` : 'nobody is logged in');
  },
};

function send(
  response: ServerResponse,
  made: { context: string; entityEndpoint?: string },
  name: string,
  relayState: string,
) {
  if (made.entityEndpoint === undefined) response.writeHead(302, { Location: made.context }).end();
  else formPage(response, made.entityEndpoint, { [name]: made.context, RelayState: relayState });
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', idpOrigin);
  const rawQuery = url.search.slice(1);
  try {
    const route = routes[url.pathname];
    if (!route) response.writeHead(404).end();
    else await route(response, rawQuery, Object.fromEntries(url.searchParams), await fieldsOf(request));
  } catch (error) {
    response.statusCode = 400;
    plainPage(response, `The identity provider refuses: ${String(error)}`);
  }
});

process.on('message', ({ metadata }: Told) => {
  const sp = ServiceProvider({ metadata, wantLogoutRequestSigned: true, wantLogoutResponseSigned: true });
  serviceProviders.set(sp.entityMeta.getEntityID(), sp);
  process.send?.({ kind: 'known' });
});
// Nobody is left to serve.
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ kind: 'listening', port, metadata: idp.getMetadata() } satisfies Listening);
});
