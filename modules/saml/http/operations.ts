import { storefrontBearer } from '../../connection/index.ts';
import { type Answer, answer, json, type Operation, variable } from '../../framework/index.ts';
import type { ExchangedCode } from '../code/exchange.ts';

const { text, number, object, orNull, said } = json;
const tag = 'SAML';
const path = { connection: said('The code of the connection.') };
const html = 'text/html';
const form = 'application/x-www-form-urlencoded';
const page = (description: string): Answer => answer(description, undefined, html);
const refusal = page('A page that says to the person what is wrong.');
const onwards = answer('The browser goes on.');

/** What browsers and identity providers come for, in words. */
export const signInOperations = {
  metadata: {
    tag,
    summary: 'Read the metadata of the service provider',
    path,
    answers: { 200: answer('The metadata.', text, 'application/samlmetadata+xml'), 304: answer('It has not changed.') },
    refusal: answer('There is none.', text, 'text/plain'),
  },
  login: {
    tag,
    summary: 'Begin to sign in',
    path,
    query: { return_to: said('Where the browser goes afterwards, one of the connection’s addresses.'), test: text },
    answers: { 200: page('A form that goes on to the identity provider.'), 303: onwards },
    refusal,
  },
  acs: {
    tag,
    summary: 'Take the identity provider’s answer',
    path,
    body: {
      schema: object({ SAMLResponse: said('In base64.'), 'RelayState?': text }),
      example: { SAMLResponse: 'PHNhbWxwOlJlc3BvbnNlLz4=' },
      type: form,
    },
    answers: { 303: onwards },
    refusal,
  },
  account: {
    tag,
    summary: 'Show who is signed in',
    path,
    answers: { 200: page('The account.'), 303: answer('Nobody is: to the login.') },
    refusal,
  },
  logoutByAddress: {
    tag,
    summary: 'Log out, or take a logout message from the address',
    path,
    query: { SAMLRequest: text, SAMLResponse: text, RelayState: text, return_to: text },
    answers: { 200: page('What became of it, or the question whether to log out.'), 303: onwards },
    refusal,
  },
  logoutByForm: {
    tag,
    summary: 'Log out, or take a logout message from a form',
    path,
    body: {
      schema: object({ 'SAMLRequest?': text, 'SAMLResponse?': text, 'RelayState?': text, 'return_to?': text }),
      example: { return_to: 'https://shop.example/' },
      type: form,
    },
    answers: { 200: page('What became of it.'), 303: onwards },
    refusal,
  },
  exchange: {
    tag,
    summary: 'Exchange a one-time code for the customer',
    description: 'Once per code, within a minute.',
    path,
    body: {
      schema: object({ code: text, redirect_uri: said('Where the browser brought it.') }),
      example: { code: variable('CODE', 'the-code'), redirect_uri: variable('REDIRECT_URI', 'https://shop.example/') },
    },
    answers: {
      200: answer(
        'The customer, with a customer token of the store.',
        object<ExchangedCode>({
          customerId: number,
          email: text,
          websiteId: orNull(number),
          token: text,
          expiresAt: text,
        }),
      ),
    },
    security: [storefrontBearer],
  },
  asset: {
    path: { version: { type: 'string', examples: ['0'] }, name: { type: 'string', examples: ['style.css'] } },
    tag: 'Pages',
    summary: 'Style and script of the pages for people who sign in',
    answers: { 200: answer('The file.', undefined, 'text/css') },
  },
} as const satisfies Record<string, Operation>;
