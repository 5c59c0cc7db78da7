import { password, type Stage } from './stage.ts';

type Variables = Record<string, string>;
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes are looked into.
type Json = any;

/** What a call needs beforehand and leaves for those behind it. Calls without either are made at the end. */
export interface Call {
  readonly id: string;
  readonly given?: (variables: Variables) => void | Promise<void>;
  readonly leaves?: (json: Json, variables: Variables) => void;
}

const take =
  (name: string, from: (json: Json) => unknown): NonNullable<Call['leaves']> =>
  (json, variables) => {
    variables[name] = String(from(json));
  };

/** The calls whose order matters, in that order. */
export function callsOf({ shopper, age, code, scimToken, url, neighbour }: Stage): readonly Call[] {
  const scim = (method: string, path: string, body: object) =>
    fetch(`${url}/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${scimToken}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify(body),
    });
  const admin = (method: string, path: string, token: string, body: object) =>
    fetch(`${url}/admin/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] };

  return [
    {
      id: 'post-token',
      given(v) {
        Object.assign(v, {
          ADMIN_USER: 'anna',
          ADMIN_PASSWORD: password,
          SCIM_TOKEN: scimToken,
          METRICS_TOKEN: '',
          NEW_CONNECTION: 'okta',
          CONNECTION: 'okta',
          OTHER_CONNECTION: 'default',
          DESTINATION: `${neighbour}/hook`,
          METADATA_URL: `${neighbour}/metadata`,
          RECIPIENT: 'ann@example.com',
          REDIRECT_URI: 'https://shop.example/',
        });
      },
      leaves: take('ADMIN_TOKEN', ({ token }) => token),
    },
    { id: 'post-connections' },

    { id: 'post-scim-v2-Users', leaves: take('USER_ID', ({ id }) => id) },
    { id: 'get-scim-v2-Users-id' },
    { id: 'put-scim-v2-Users-id' },
    { id: 'post-scim-v2-Groups', leaves: take('GROUP_ID', ({ id }) => id) },
    { id: 'patch-scim-v2-Groups-id' },
    { id: 'get-scim-v2-Groups-id' },
    { id: 'put-scim-v2-Groups-id' },
    { id: 'post-scim-v2-Bulk' },
    { id: 'get-scim-v2-Groups' },
    { id: 'get-scim-v2-Users' },
    { id: 'post-scim-v2-search' },
    { id: 'patch-scim-v2-Users-id' },
    { id: 'delete-scim-v2-Groups-id' },
    { id: 'delete-scim-v2-Users-id' },

    {
      id: 'get-connections-connection-mapping-payloads',
      given(v) {
        v.CONNECTION = 'default';
      },
      leaves: take('ACTIVITY_ID', ({ payloads }) => payloads.find((one: Json) => one.path === '/Users').record),
    },
    { id: 'post-activity-id-replay-dry' },
    { id: 'post-activity-id-replay' },
    { id: 'get-connections-connection-mapping-requirements' },
    {
      id: 'put-connections-connection-mapping-draft',
      given(v) {
        v.CONNECTION = 'okta';
      },
      leaves: take('DRAFT_REVISION', ({ revision }) => revision),
    },
    { id: 'get-connections-connection-mapping-draft' },
    { id: 'post-connections-connection-mapping-copy', leaves: take('DRAFT_REVISION', ({ revision }) => revision) },
    { id: 'post-connections-connection-mapping-publish' },
    { id: 'post-connections-connection-mapping-import' },
    { id: 'get-connections-connection-mapping' },
    { id: 'post-connections-connection-mapping-rollback' },
    { id: 'get-connections-connection-mapping-versions' },
    { id: 'post-customer-attributes' },
    { id: 'delete-connections-connection-mapping-draft' },
    {
      id: 'post-connections-connection-mapping-impact',
      given(v) {
        v.CONNECTION = 'default';
      },
    },
    { id: 'post-connections-connection-mapping-apply' },

    {
      id: 'get-matches',
      async given(v) {
        const id = await shopper('sam@example.com');
        await scim('PUT', `/Users/${id}`, { ...user, userName: 'sam@example.com' });
        v.CUSTOMER_ID = String(await shopper('sara@example.com'));
      },
      leaves: take('MATCH_ID', ({ matches }) => matches[0].id),
    },
    { id: 'post-matches-id-deny' },
    { id: 'post-matches-id-approve' },

    {
      id: 'post-protected',
      given: (v) => {
        v.GROUP_ID = '2';
      },
    },
    { id: 'get-protected' },
    { id: 'delete-protected-customers-id' },
    { id: 'delete-protected-groups-id' },

    {
      id: 'get-guard-holds',
      async given() {
        const ids: string[] = [];
        for (const name of ['one', 'two', 'three']) {
          const made = await scim('POST', '/Users', { ...user, userName: `${name}@example.com` });
          ids.push(((await made.json()) as Json).id);
        }
        // Whom a provider has just made may go again: the guard does not count them.
        await age();
        for (const id of ids) await scim('DELETE', `/Users/${id}`, {});
      },
      leaves: take('HOLD_ID', ({ items }) => items[0].id),
    },
    { id: 'get-guard-holds-id' },
    { id: 'post-guard-holds-id-deny' },
    { id: 'post-guard-holds-id-lift' },
    { id: 'post-guard-holds-id-restore' },
    { id: 'post-guard-holds-id-approve' },

    {
      id: 'post-connections-code-tokens',
      given(v) {
        v.CONNECTION = 'okta';
      },
      leaves: take('TOKEN_ID', ({ id }) => id),
    },
    { id: 'get-connections-code-tokens' },
    { id: 'post-connections-code-tokens-id-revoke' },
    { id: 'post-connections-code-tokens-rotate' },
    { id: 'patch-connections-code' },
    { id: 'post-connections-code-pause' },
    { id: 'post-connections-code-resume' },

    {
      id: 'post-connections-code-saml-metadata',
      leaves: take('CERTIFICATE_FINGERPRINT', ({ trusted }) => trusted[0].fingerprint),
    },
    { id: 'post-connections-code-saml-metadata-refresh' },
    { id: 'patch-connections-code-saml' },
    { id: 'post-connections-code-saml-certificates-fingerprint-distrust' },
    { id: 'post-connections-code-saml-certificates-trust' },
    { id: 'post-connections-code-saml-keys-rotate' },
    {
      id: 'get-saml-connection-metadata',
      async given(v) {
        await admin('PATCH', '/connections/okta/saml', String(v.ADMIN_TOKEN), { on: true });
        const storefront = { name: 'shop', scopes: ['saml:exchange'] };
        const made = await admin('POST', '/connections/okta/tokens', String(v.ADMIN_TOKEN), storefront);
        v.STOREFRONT_TOKEN = ((await made.json()) as Json).token;
        v.CODE = await code('okta', Number(v.CUSTOMER_ID), String(v.REDIRECT_URI));
      },
    },
    { id: 'get-saml-connection-login' },
    { id: 'get-saml-connection-account' },
    { id: 'post-saml-connection-acs' },
    { id: 'get-saml-connection-logout' },
    { id: 'post-saml-connection-logout' },
    { id: 'post-saml-connection-exchange' },
    { id: 'post-connections-code-saml-metadata-take-over' },

    { id: 'post-webhooks', leaves: take('WEBHOOK_ID', ({ id }) => id) },
    { id: 'get-webhooks-id' },
    { id: 'patch-webhooks-id' },
    { id: 'post-webhooks-id-rotate-secret' },
    { id: 'post-webhooks-id-test' },
    { id: 'post-webhooks-id-replay' },
    { id: 'get-webhooks-id-deliveries' },
    { id: 'delete-webhooks-id' },

    { id: 'post-customers-id-invite' },
    { id: 'get-customers-id-onboarding' },
    { id: 'get-mails', leaves: take('MAIL_ID', ({ mails }) => mails[0].id) },
    { id: 'get-mails-id' },
    { id: 'get-mails-templates', leaves: take('TEMPLATE_NAME', ({ templates }) => templates[0].template) },
    { id: 'get-mails-templates-name' },

    {
      id: 'post-connections-code-api-accounts',
      given(v) {
        v.CONNECTION = 'default';
      },
      leaves(json, v) {
        v.API_ACCOUNT_TOKEN = json.accessToken;
        v.API_ACCOUNT_ID = json.clientId;
        v.STORE_HASH = /\/stores\/([^/]+)\//.exec(json.apiPath)?.[1] ?? '';
      },
    },
    { id: 'post-stores-hash-v3-customers', leaves: take('CUSTOMER_ID', ({ data }) => data[0].id) },
    { id: 'put-stores-hash-v3-customers' },
    { id: 'get-stores-hash-v3-customers' },
    { id: 'post-stores-hash-v3-customers-addresses', leaves: take('ADDRESS_ID', ({ data }) => data[0].id) },
    { id: 'put-stores-hash-v3-customers-addresses' },
    { id: 'get-stores-hash-v3-customers-addresses' },
    { id: 'delete-stores-hash-v3-customers-addresses' },
    { id: 'post-stores-hash-v3-hooks', leaves: take('HOOK_ID', ({ data }) => data.id) },
    { id: 'get-stores-hash-v3-hooks-id' },
    { id: 'put-stores-hash-v3-hooks-id' },
    { id: 'get-stores-hash-v3-hooks' },
    { id: 'delete-stores-hash-v3-hooks-id' },
    { id: 'post-stores-hash-v3-customers-validate-credentials' },
    { id: 'delete-stores-hash-v3-customers' },
    { id: 'post-connections-code-api-accounts-id-revoke' },
  ];
}

/** Made when everything else was: it takes away what others need. */
export const last = ['delete-token'];

/** Calls that an example alone can't bring to a good end, and what they answer. */
export const refused: Readonly<Record<string, number>> = {
  // Only an identity provider can make an answer that is good.
  'post-saml-connection-acs': 403,
  // Nothing is offered while the metadata says what it said.
  'post-connections-code-saml-metadata-take-over': 400,
  // It was denied before: a hold is decided once.
  'post-guard-holds-id-approve': 409,
  // It has not failed.
  'post-mails-id-retry': 409,
  // The link stands in a mail.
  'get-customer-account-createPassword': 400,
  'post-customer-account-createPassword': 400,
  'post-customer-account-createPassword-again': 400,
};
