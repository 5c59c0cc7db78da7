export type { Delivered } from './delivery/delivery.ts';
export { MailJobs } from './delivery/jobs.ts';
export {
  type FailedMail,
  MailFailed,
  type MailState,
  Mails,
  mailStates,
  type NewMail,
  type Recipient,
} from './mail.ts';
export { MailError, type MailErrorCode } from './mail-error.ts';
export { isPlaceholder, oneLine, readRecipient } from './message/address.ts';
export { type MailPreview, MailPreviews } from './preview/previews.ts';
export { type MailFilter, MailQueue } from './queue/queue.ts';
export type { MailRecord } from './queue/rows.ts';
export { Action, Code, Facts, Footer, Heading, Link, Paragraph } from './template/letter.tsx';
export { plainText } from './template/plain-text.ts';
export { renderLetter } from './template/render.tsx';
export {
  type Letter,
  type MailStore,
  type MailTemplate,
  MailTemplates,
  type Withdrawal,
} from './template/template.ts';
export { type SentTestMail, TestMails } from './test-mail.ts';
