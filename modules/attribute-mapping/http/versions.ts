import { Connections, profiles } from '../../connection/index.ts';
import { Clock, Database, Environment, HttpError, type Route, route } from '../../framework/index.ts';
import { exported, schemaPath } from '../document/exchange.ts';
import { mappingSchema } from '../document/schema.ts';
import { presetFor } from '../preset/presets.ts';
import { difference } from '../version/difference.ts';
import { MappingVersions } from '../version/version.ts';
import { answering } from './answer.ts';
import { changeOf, connectionCode, requiredNumber, sent, which, wholeNumber } from './asked.ts';
import { versionOperations } from './operations.ts';

const inject = { database: Database, connections: Connections, versions: MappingVersions, clock: Clock };
const view = { area: 'admin', acl: 'attribute-mapping::view', inject } as const;
const publish = { area: 'admin', acl: 'attribute-mapping::publish', reads: 'json', inject } as const;
const mapping = '/admin/api/v1/connections/:connection/mapping' as const;

const inEffect = route(`GET ${mapping}`, {
  operation: versionOperations.inEffect,
  ...view,
  handle: (request, response, { database, connections, versions }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const found = await versions.inEffect(database, connection);
      const draft = await versions.draft(database, connection);
      const { document: _, ...state } = draft ?? {};
      const issues = await versions.check(database, found.document);
      return { connection: connection.code, ...found, issues, draft: draft ? state : null };
    }),
});

const list = route(`GET ${mapping}/versions`, {
  operation: versionOperations.list,
  ...view,
  handle: (request, response, { database, connections, versions }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const limit = wholeNumber(request.query.limit, 'limit');
      const before = wholeNumber(request.query.before, 'before');
      const options = { ...(limit === undefined ? {} : { limit }), ...(before === undefined ? {} : { before }) };
      return { versions: await versions.list(database, connection, options) };
    }),
});

const version = route(`GET ${mapping}/versions/:version`, {
  operation: versionOperations.version,
  ...view,
  handle: (request, response, { database, connections, versions }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const number = requiredNumber(request.params.version, 'version', 'the number of a version');
      return versions.version(database, connection, number);
    }),
});

const compare = route(`GET ${mapping}/difference`, {
  operation: versionOperations.compare,
  ...view,
  handle: (request, response, { database, connections, versions }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const from = which(request.query.from, 'from', 'published');
      const to = which(request.query.to, 'to', 'draft');
      return difference(await versions.get(database, connection, from), await versions.get(database, connection, to));
    }),
});

const exportRoute = route(`GET ${mapping}/export`, {
  operation: versionOperations.exported,
  ...view,
  inject: { ...inject, environment: Environment },
  handle: (request, response, { database, connections, versions, environment }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const document = await versions.get(database, connection, which(request.query.version, 'version', 'published'));
      // The code holds nothing that could end the quotes.
      response.set('Content-Disposition', `attachment; filename="mapping-${connection.code}.json"`);
      return exported(document, environment.baseUrl);
    }),
});

const imported = route(`POST ${mapping}/import`, {
  operation: versionOperations.imported,
  ...publish,
  handle: (request, response, { database, connections, versions, clock }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const change = changeOf(request);
      const { document } = sent(request);
      return database.transaction((tx) => versions.publish(tx, connection, document, change, clock.now()));
    }),
});

const published = route(`POST ${mapping}/publish`, {
  operation: versionOperations.published,
  ...publish,
  handle: (request, response, { database, connections, versions, clock }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const revision = requiredNumber(sent(request).revision, 'revision', 'that of the draft that you looked at');
      const change = { ...changeOf(request), revision };
      return database.transaction((tx) => versions.publishDraft(tx, connection, change, clock.now()));
    }),
});

const rolledBack = route(`POST ${mapping}/rollback`, {
  operation: versionOperations.rolledBack,
  ...publish,
  handle: (request, response, { database, connections, versions, clock }) =>
    answering(response, async () => {
      const connection = await connections.byCode(database, connectionCode(request));
      const to = requiredNumber(sent(request).to, 'to', 'the version to go back to; 0 is the preset');
      const change = changeOf(request);
      return database.transaction((tx) => versions.rollback(tx, connection, to, change, clock.now()));
    }),
});

const schema = route('GET /admin/api/v1/mapping/schema', {
  operation: versionOperations.schema,
  ...view,
  handle: (_, response) => answering(response, async () => mappingSchema),
});

/** For editors, which fetch what `$schema` of an exported mapping names. */
const openSchema = route(`GET ${schemaPath}`, {
  operation: versionOperations.openSchema,
  public: 'the form of mappings is the same in every store, and editors fetch it without an account',
  handle(_, response) {
    response.set('Cache-Control', 'public, max-age=3600').type('application/schema+json').send(mappingSchema);
  },
});

const preset = route('GET /admin/api/v1/mapping/presets/:profile', {
  operation: versionOperations.preset,
  ...view,
  handle: (request, response) =>
    answering(response, async () => {
      const profile = profiles.find((known) => known === request.params.profile);
      if (profile) return presetFor(profile);
      throw new HttpError(404, 'PROFILE_UNKNOWN', `There is no such profile; known are ${profiles.join(', ')}.`);
    }),
});

/** The administration's API to what is in effect, was, and is to be. */
export const versionRoutes: readonly Route[] = [
  inEffect,
  list,
  version,
  compare,
  exportRoute,
  imported,
  published,
  rolledBack,
  schema,
  openSchema,
  preset,
];
