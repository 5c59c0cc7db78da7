import { answer, json, type Operation, variable } from '../../framework/index.ts';

const { text, number, object, said } = json;
const tag = 'Administrators';

/** Logging in and out of the admin API, in words. */
export const tokenOperations = {
  create: {
    tag,
    summary: 'Log in',
    body: {
      schema: object({
        user: text,
        password: text,
        'otp?': said('The code of the second factor, where one is set up.'),
      }),
      example: { user: variable('ADMIN_USER', 'admin'), password: variable('ADMIN_PASSWORD', '…') },
    },
    answers: {
      201: answer('The bearer.', object({ token: text, expiresIn: said('Seconds.', number) })),
    },
  },
  end: {
    tag,
    summary: 'Log out',
    description: 'Ends the bearer that is sent.',
    answers: { 204: answer('It has ended.') },
  },
} as const satisfies Record<string, Operation>;

/** What pages of the administration load. */
export const assetOperation: Operation = {
  path: { version: { type: 'string', examples: ['0'] }, name: { type: 'string', examples: ['style.css'] } },
  tag: 'Pages',
  summary: 'Style and scripts of the administration',
  answers: { 200: answer('The file.', undefined, 'text/css') },
};
