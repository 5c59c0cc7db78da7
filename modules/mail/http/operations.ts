import { answer, json, type Operation, variable } from '../../framework/index.ts';
import { mailStates } from '../mail.ts';
import type { MailPreview, PreviewedTemplate } from '../preview/previews.ts';
import type { MailRecord } from '../queue/rows.ts';
import type { SentTestMail } from '../test-mail.ts';

const { text, number, list, object, oneOf, orNull, said, named } = json;
const tag = 'Mails';
const path = { id: said('The number of the mail.', number) };

const mail = named(
  'Mail',
  object<MailRecord>({
    id: number,
    template: text,
    websiteId: number,
    topic: orNull(text),
    to: said('Null while the recipient is not known.', orNull(text)),
    state: oneOf(mailStates),
    attempts: number,
    createdAt: text,
    at: said('Waiting: when it is due; sending: since when; else when it ended.'),
    note: orNull(text),
  }),
);

/** The queue of mails, in words. */
export const mailOperations = {
  list: {
    tag,
    summary: 'List the mails',
    query: {
      state: oneOf(mailStates),
      topic: text,
      before: said('The number of the last one shown.', number),
      limit: number,
    },
    answers: {
      200: answer(
        'Newest first, and how many there are by state.',
        object({ mails: list(mail), counts: json.map(number) }),
      ),
    },
  },
  show: { tag, summary: 'Show a mail', path, answers: { 200: answer('The mail, without what it says.', mail) } },
  retry: { tag, summary: 'Send a mail once more', path, answers: { 200: answer('The mail.', mail) } },
  test: {
    tag,
    summary: 'Send a test mail',
    body: {
      schema: object({ to: text, 'websiteId?': number }),
      example: { to: variable('RECIPIENT', 'ann@example.com') },
    },
    answers: {
      200: answer(
        'The server that took it.',
        object<SentTestMail>({ server: text, encryption: oneOf(['none', 'ssl', 'tls']), from: text, to: text }),
      ),
    },
  },
  templates: {
    tag,
    summary: 'List the kinds of mails',
    answers: {
      200: answer(
        'All of them.',
        object({ templates: list(object<PreviewedTemplate>({ template: text, label: text })) }),
      ),
    },
  },
  preview: {
    tag,
    summary: 'Preview a kind of mail',
    path: { name: said('Such as notification.welcome.') },
    query: { store: said('Code of a store view.') },
    answers: {
      200: answer(
        'The mail with made-up data.',
        object<MailPreview>({
          template: text,
          label: text,
          from: orNull(text),
          subject: text,
          text,
          html: text,
        }),
      ),
    },
  },
} as const satisfies Record<string, Operation>;
