import { importerToken } from '../../connection/index.ts';
import { answer, type JsonSchema, json, type MountedOperation, variable } from '../../framework/index.ts';
import { includes } from '../customer/shown-customer.ts';
import { addressSchema, customerSchema, givenCustomer, hookSchema, listOf } from './store-schemas.ts';

const { text, number, flag, list, object, oneOf, orNull, said, named } = json;

const errorSchema = named(
  'StoreError',
  object({ status: number, title: text, type: text, instance: said('The id of the request.'), errors: json.map(text) }),
);
const refusal = answer('A refusal in BigCommerce’s shape.', errorSchema);
const path = { hash: said('The store hash: the part of the API path before `/v3`.') };

const inPart = (data: JsonSchema, title: string) =>
  answer(
    'Some went well, some did not.',
    named(
      title,
      object({
        data: list(data),
        errors: list(object({ status: number, title: text, errors: json.map(text) })),
        meta: object({ total: number, success: number, failed: number }),
      }),
    ),
  );
const several = (data: JsonSchema, title: string) => ({
  200: answer('All went well.', listOf(data)),
  207: inPart(data, title),
});
const gone = answer('They are gone; who was gone before is no error.');

const paging = {
  page: said('From 1.', number),
  limit: said('At most 250; 50 unless said.', number),
  after: said('A cursor: behind what it stands for; empty for the first page.'),
  before: text,
};
const ids = (what: string, name: string) => ({
  'id:in': { type: 'string', description: `Numbers of ${what}, with commas.`, examples: [`$${name}`] },
});
const times = { '': text, ':min': text, ':max': text };
const timesOf = (name: string) =>
  Object.fromEntries(Object.entries(times).map(([suffix, schema]) => [`${name}${suffix}`, schema]));

const customers = 'Store API customers';
const customerId = variable('CUSTOMER_ID', 42);
const firstAddress = {
  first_name: 'Cleo',
  last_name: 'Example',
  address1: '1 Mill Lane',
  city: 'Austin',
  state_or_province: 'Texas',
  postal_code: '78701',
  country_code: 'US',
  phone: '+1 512 555 0100',
};

const ofCustomers: readonly Described[] = [
  {
    tag: customers,
    method: 'GET',
    at: '/customers',
    summary: 'List customers',
    query: {
      ...ids('customers', 'CUSTOMER_ID'),
      'email:in': text,
      'name:in': text,
      'name:like': text,
      'company:in': text,
      'phone:in': text,
      ...timesOf('date_created'),
      ...timesOf('date_modified'),
      include: said(`Some of ${includes.join(', ')}, with commas.`),
      sort: said('Such as date_created:desc or last_name:asc.'),
      ...paging,
    },
    answers: { 200: answer('A page of them.', listOf(customerSchema)) },
  },
  {
    tag: customers,
    method: 'POST',
    at: '/customers',
    summary: 'Create customers',
    description: 'At most ten.',
    body: {
      schema: list(givenCustomer('NewStoreCustomer', { email: text })),
      example: [{ email: 'cleo@example.com', first_name: 'Cleo', last_name: 'Example' }],
    },
    answers: several(customerSchema, 'CustomersInPart'),
  },
  {
    tag: customers,
    method: 'PUT',
    at: '/customers',
    summary: 'Change customers',
    description: 'At most ten. What is not named stays as it is.',
    body: {
      schema: list(givenCustomer('StoreCustomerChange', { id: number, 'email?': text })),
      example: [{ id: customerId, company: 'Kettle & Co' }],
    },
    answers: several(customerSchema, 'CustomersInPart'),
  },
  {
    tag: customers,
    method: 'DELETE',
    at: '/customers',
    summary: 'Delete customers',
    query: ids('customers', 'CUSTOMER_ID'),
    answers: { 204: gone, 207: inPart(number, 'DeletedInPart') },
  },
  {
    tag: customers,
    method: 'POST',
    at: '/customers/validate-credentials',
    summary: 'Check a password',
    body: {
      schema: object({ email: text, password: text, 'channel_id?': number }),
      example: { email: 'cleo@example.com', password: 'Tandem-Kettle-42' },
    },
    answers: {
      200: answer('Whether it is good.', object({ is_valid: flag, customer_id: orNull(number) })),
    },
  },
  {
    tag: customers,
    method: 'GET',
    at: '/customers/addresses',
    summary: 'List addresses',
    query: {
      'id:in': text,
      'customer_id:in': { ...text, examples: ['$CUSTOMER_ID'] },
      ...paging,
    },
    answers: { 200: answer('A page of them.', listOf(addressSchema)) },
  },
  {
    tag: customers,
    method: 'POST',
    at: '/customers/addresses',
    summary: 'Create addresses',
    description: 'At most ten. The first one of a customer is both defaults.',
    body: { schema: list(json.record), example: [{ customer_id: customerId, ...firstAddress }] },
    answers: several(addressSchema, 'AddressesInPart'),
  },
  {
    tag: customers,
    method: 'PUT',
    at: '/customers/addresses',
    summary: 'Change addresses',
    body: { schema: list(json.record), example: [{ id: variable('ADDRESS_ID', 7), city: 'Dallas' }] },
    answers: several(addressSchema, 'AddressesInPart'),
  },
  {
    tag: customers,
    method: 'DELETE',
    at: '/customers/addresses',
    summary: 'Delete addresses',
    query: ids('addresses', 'ADDRESS_ID'),
    answers: { 204: gone },
  },
];

const hooks = 'Store API webhooks';
const hookPath = { id: said('The number of the webhook.', number) };
const oneHook = answer('The webhook; values of headers are masked.', object({ data: hookSchema, meta: json.record }));
const givenHook = {
  'headers?': json.map(text),
  'is_active?': flag,
} as const;

const ofHooks: readonly Described[] = [
  {
    tag: hooks,
    method: 'GET',
    at: '/hooks',
    summary: 'List webhooks',
    query: { scope: text, destination: text, is_active: oneOf(['true', 'false']), ...paging },
    answers: { 200: answer('A page of them.', listOf(hookSchema)) },
  },
  {
    tag: hooks,
    method: 'POST',
    at: '/hooks',
    summary: 'Create a webhook',
    body: {
      schema: object({ scope: text, destination: text, ...givenHook }),
      example: { scope: 'store/customer/*', destination: variable('DESTINATION', 'https://import.example/hook') },
    },
    answers: {
      200: answer(
        'The webhook, with the secret that deliveries are signed with.',
        object({
          data: { allOf: [hookSchema, object({ signing_secret: said('Shown only now.') })] },
          meta: json.record,
        }),
      ),
    },
  },
  { tag: hooks, method: 'GET', at: '/hooks/:id', summary: 'Read a webhook', path: hookPath, answers: { 200: oneHook } },
  {
    tag: hooks,
    method: 'PUT',
    at: '/hooks/:id',
    summary: 'Change a webhook',
    path: hookPath,
    body: {
      schema: object({ 'scope?': text, 'destination?': text, ...givenHook }),
      example: { is_active: false },
    },
    answers: { 200: oneHook },
  },
  {
    tag: hooks,
    method: 'DELETE',
    at: '/hooks/:id',
    summary: 'Delete a webhook',
    path: hookPath,
    answers: { 200: oneHook },
  },
];

type Described = Omit<MountedOperation, 'refusal' | 'security'>;

/** Everything below `/stores`, in words. */
export const storeOperations: readonly MountedOperation[] = [...ofCustomers, ...ofHooks].map((described) => ({
  ...described,
  at: `/:hash/v3${described.at}`,
  path: { ...path, ...described.path },
  refusal,
  security: [importerToken],
}));
