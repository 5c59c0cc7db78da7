import { Connections } from '../../connection/index.ts';
import { Clock, Database, type Route, route } from '../../framework/index.ts';
import { MappingError } from '../version/mapping-error.ts';
import { MappingVersions } from '../version/version.ts';
import { answering } from './answer.ts';
import { authorOf, connectionCode, requiredNumber, requiredText, sent, wholeNumber } from './asked.ts';
import { draftOperations } from './operations.ts';

const inject = { database: Database, connections: Connections, versions: MappingVersions, clock: Clock };
const edit = { area: 'admin', acl: 'attribute-mapping::edit', inject } as const;
const draftOf = '/admin/api/v1/connections/:connection/mapping/draft' as const;
const seen = 'that of the draft that you saw, 0 for none';

const show = route(`GET ${draftOf}`, {
  operation: draftOperations.show,
  ...edit,
  acl: 'attribute-mapping::view',
  handle: (request, response, { database, connections, versions }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const draft = await versions.draft(database, connection);
      if (!draft) throw new MappingError('DRAFT_MISSING', `There is no draft of "${connection.code}".`);
      return { ...draft, issues: await versions.check(database, draft.document) };
    }),
});

const save = route(`PUT ${draftOf}`, {
  operation: draftOperations.save,
  ...edit,
  reads: 'json',
  handle: (request, response, { database, connections, versions, clock }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const { document, revision } = sent(request);
      const change = { author: authorOf(request), revision: requiredNumber(revision, 'revision', seen) };
      return database.transaction((tx) => versions.saveDraft(tx, connection, document, change, clock.now()));
    }),
});

const discard = route(`DELETE ${draftOf}`, {
  operation: draftOperations.discard,
  ...edit,
  handle: (request, response, { database, connections, versions }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const revision = wholeNumber(request.query.revision, 'revision');
      const change = revision === undefined ? {} : { revision };
      return {
        discarded: await database.transaction((tx) => versions.discardDraft(tx, connection, change)),
      };
    }),
});

const check = route('POST /admin/api/v1/connections/:connection/mapping/check', {
  operation: draftOperations.check,
  ...edit,
  acl: 'attribute-mapping::view',
  reads: 'json',
  handle: (request, response, { database, connections, versions }) =>
    answering(response, async () => {
      await connections.byCode(database, connectionCode(request));
      return { issues: await versions.check(database, sent(request).document) };
    }),
});

const copy = route('POST /admin/api/v1/connections/:connection/mapping/copy', {
  operation: draftOperations.copy,
  ...edit,
  reads: 'json',
  handle: (request, response, { database, connections, versions, clock }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const { from, revision } = sent(request);
      const other = await connections.byCode(database, requiredText(from, 'from'));
      const change = { author: authorOf(request), revision: requiredNumber(revision, 'revision', seen) };
      const { document } = await versions.inEffect(database, other);
      return database.transaction((tx) => versions.saveDraft(tx, connection, document, change, clock.now()));
    }),
});

/** The administration's API to the draft of a connection's mapping. */
export const draftRoutes: readonly Route[] = [show, save, discard, check, copy];
