import { type GuidePart, GuideParts, type GuideStep, nothingKnown, storeHash } from '../../connection/index.ts';
import { contribute } from '../../framework/index.ts';
import { ApiAccounts } from '../account/api-account.ts';

/** The id of the way in which this store stands in BigCommerce's place. */
const apiWay = 'store-api';
const made = 'store-api.account';
const used = 'store-api.used';

/** miniOrange's BigCommerce guide with this store in BigCommerce's place: users are imported, and webhooks made, by its API. */
const steps: readonly GuideStep[] = [
  {
    title: 'Add the user profile fields',
    text: [
      'In the miniOrange console, **Users › User Profile Field**: add **id** as a **text box**, then **address1**, **city**, **state or province**, **postal code** and **country code**. Note the number that each custom attribute gets.',
    ],
  },
  {
    title: 'Create an API account',
    text: [
      'The tab **API Accounts** here, **Create API Account**, **Download Credentials File**: it has the client id, the client secret, the access token and the API path.',
    ],
    guestText: [
      'The administrator of the store creates an API account and gives you its credentials file in a safe way.',
    ],
    done: made,
  },
  {
    title: 'Set provisioning up',
    text: [
      '**Provisioning › Setup Provisioning**, pick **BigCommerce**. Paste the store hash, and **Client ID**, **Client Secret** and **Access Token** from the file. Where the address of the API can be given, it is this one instead of api.bigcommerce.com.',
    ],
    values: [
      { label: 'Store Hash', value: '{storeApi.hash}' },
      { label: 'API Path', value: '{storeApi.path}' },
    ],
  },
  {
    title: 'Map id and the address',
    text: [
      '**id** is mandatory. Map **address1**, **city**, **state_or_province**, **postal_code** and **country_code** to the custom attributes by their numbers: the API has fields of these names.',
    ],
  },
  {
    title: 'Import what the store has',
    text: [
      '**Import Users**, choose the application, **Import**. Customers that no connection manages are listed only with the policy “Visible customers: all of the website”.',
    ],
    guestText: [
      '**Import Users**, choose the application, **Import**. Customers that no identity provider manages are listed only if the store lets them be seen.',
    ],
    done: used,
  },
  {
    title: 'Create a webhook by the API, if you like',
    text: [
      'With Postman or any other client: a POST with the header **X-Auth-Token** and a body of **scope**, **destination**, **headers** and **is_active**, as in BigCommerce. The tab **Webhooks** does the same.',
    ],
    guestText: [
      'With Postman or any other client: a POST with the header **X-Auth-Token** and a body of **scope**, **destination**, **headers** and **is_active**, as in BigCommerce.',
    ],
    values: [{ label: 'POST', value: '{storeApi.path}hooks' }],
  },
];

export const storeApiGuidePart = ({ accounts }: { readonly accounts: ApiAccounts }): GuidePart => ({
  ways: (profile) => (profile === 'miniorange' ? [{ id: apiWay, label: 'BigCommerce API', steps }] : []),
  troubles: (profile) =>
    profile === 'miniorange'
      ? [
          {
            says: 'The import answers 404',
            means: 'The store hash is not that of the account, or the path lacks /v3.',
            cure: 'Copy the API path from the tab API Accounts: it ends with the hash and /v3/.',
            guestCure: 'Use the path of the credentials file, or of the step above: it ends with the hash and /v3/.',
          },
          {
            says: 'The import finds fewer customers than the store has',
            means: 'The connection only sees the customers that it manages.',
            cure: 'Policies and Safeguards: set “Visible customers” to all of the website, and import again.',
            guestCure: 'Ask whoever invited you to let all customers of the website be seen, and import again.',
          },
        ]
      : [],
  async know(db, connection, asked) {
    if (asked !== apiWay) return nothingKnown;
    const held = (await accounts.list(db, connection.id)).filter(({ revokedAt }) => revokedAt === null);
    return {
      values: { 'storeApi.hash': storeHash(connection.id), 'storeApi.path': accounts.apiPath(connection) },
      milestones: [
        ...(held.length > 0 ? [made] : []),
        ...(held.some(({ lastUsedAt }) => lastUsedAt !== null) ? [used] : []),
      ],
      way: undefined,
    };
  },
});

export const storeApiGuide = contribute(GuideParts, { accounts: ApiAccounts }, storeApiGuidePart);
