import { answer, json, type Operation } from '../../framework/index.ts';
import { anchorsSchema, pageSchema, recordSchema, verificationSchema } from './schemas.ts';

const { said, number, oneOf } = json;
const tag = 'Activity';

const filter = {
  user: said('An end user: userName, e-mail, externalId, SCIM id or customer id.'),
  application: said('Code of the connection, also of one that was deleted, or its name.'),
  from: said('A day (`2026-11-01`), a time (UTC unless it says so), or `24h`, `7d` ago.'),
  to: said('Likewise; a day counts whole.'),
  status: said('`409`, `4xx`, `done`, `unchanged`, `refused`, `failed`, `success`, `failure`; several with commas.'),
  action: said('`user.create`; a verb: `create`, `update` …; a resource: `user`, `group`; several with commas.'),
  request: said('The id that the client got with its answer.'),
  text: said('Stands anywhere in the record.'),
};

/** The record over the admin API, in words. */
export const activityApiOperations = {
  list: {
    tag,
    summary: 'Report what identity providers and administrators did',
    description: 'The newest first. A page costs the same among a million records.',
    query: {
      ...filter,
      limit: said('50 unless said, at most 1000.', number),
      cursor: said('`nextCursor` of the page before.'),
    },
    answers: { 200: answer('A page.', pageSchema) },
  },
  export: {
    tag,
    summary: 'Export a report',
    description: 'Everything that the filter finds, written while it is read; CSV is safe to open in a spreadsheet.',
    query: { ...filter, format: said('`csv` unless said.', oneOf(['csv', 'json'])) },
    answers: { 200: answer('The file.', undefined, 'text/csv') },
  },
  show: {
    tag,
    summary: 'Show a record',
    path: { id: said('Its number, as the report shows it.') },
    answers: { 200: answer('The record.', recordSchema) },
  },
  verify: {
    tag,
    summary: 'Check that the record is as it was sealed',
    description: 'Every seal and everything under it is read: half a minute for a million records.',
    body: { schema: anchorsSchema, example: {} },
    answers: { 200: answer('What was found, in order or not.', verificationSchema) },
  },
} as const satisfies Record<string, Operation>;
