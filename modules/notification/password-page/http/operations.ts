import { type Answer, answer, json, type Operation } from '../../../framework/index.ts';

const { text, object, said } = json;
const tag = 'Pages';
const page = (description: string): Answer => answer(description, undefined, 'text/html');
const refusal = page('A page that says what to do.');
const link = { id: said('From the link in the mail.'), token: text };

/** The page that sets a password, in words. */
export const passwordOperations = {
  open: {
    tag,
    summary: 'Show the form that sets a password',
    query: link,
    answers: { 200: page('The form.') },
    refusal,
  },
  set: {
    tag,
    summary: 'Set a password',
    body: {
      schema: object({ 'id?': text, 'token?': text, password: text, password_confirmation: text }),
      example: {
        id: '1',
        token: 'from-the-mail',
        password: 'Tandem-Kettle-42',
        password_confirmation: 'Tandem-Kettle-42',
      },
      type: 'application/x-www-form-urlencoded',
    },
    answers: { 303: answer('It was set.') },
    refusal,
  },
  finished: { tag, summary: 'Say that a password was set', answers: { 200: page('So it says.') }, refusal },
  another: {
    tag,
    summary: 'Ask for another link',
    body: {
      schema: object({ 'id?': text, 'token?': text }),
      example: { id: '1', token: 'from-the-mail' },
      type: 'application/x-www-form-urlencoded',
    },
    answers: { 303: answer('A mail may be on its way.') },
    refusal,
  },
  asked: { tag, summary: 'Say that a mail may be on its way', answers: { 200: page('So it says.') }, refusal },
  asset: {
    tag,
    summary: 'Style and script of the page that sets a password',
    path: { version: { type: 'string', examples: ['0'] }, name: { type: 'string', examples: ['style.css'] } },
    answers: { 200: answer('The file.', undefined, 'text/css') },
  },
} as const satisfies Record<string, Operation>;
