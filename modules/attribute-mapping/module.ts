import { Activities } from '../activity/index.ts';
import { CustomerAttributes, CustomerGroups } from '../customer/index.ts';
import { contribute, Database, defineModule, Events, onStart, onStop, provide } from '../framework/index.ts';
import { Websites } from '../store/index.ts';
import { mappingPages } from './admin/routes.ts';
import { mappingFacts } from './admin/setup-facts.ts';
import { attributeCommands } from './commands/attribute.ts';
import { documentCommands } from './commands/document.ts';
import { presetCommands } from './commands/preset.ts';
import { versionCommands } from './commands/version.ts';
import { followChoices, KnownChoices } from './crossing/known-choices.ts';
import { checkDocument } from './document/check.ts';
import { createExpressions } from './expression/create-expressions.ts';
import { Expressions } from './expression/expressions.ts';
import { expressionSettings } from './expression/settings.ts';
import { attributeRoutes } from './http/attributes.ts';
import { draftRoutes } from './http/draft.ts';
import { versionRoutes } from './http/versions.ts';
import { UserMapping } from './mapping.ts';
import { createMappings } from './mappings.ts';
import { presetFor } from './preset/presets.ts';
import { isKnownSource } from './source/known.ts';
import { standardTransforms } from './transform/standard.ts';
import { Transforms } from './transform/transform.ts';
import { versionsOfConnection } from './version/belonging.ts';
import { followPublished, PublishedMappings } from './version/published.ts';
import { versionSettings } from './version/settings.ts';
import { MappingVersions } from './version/version.ts';
import { createVersions } from './version/versions.ts';

export default defineModule({
  name: 'attribute-mapping',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'scim', 'customer', 'activity', 'connection'],
  optional: ['admin'],
  acl: {
    'attribute-mapping::config': 'Configure attribute mapping',
    'attribute-mapping::view': 'See mappings and customer attributes',
    'attribute-mapping::edit': 'Change drafts of mappings',
    'attribute-mapping::publish': 'Publish mappings and roll them back',
    'attribute-mapping::attributes': 'Create customer attributes and map them in drafts',
  },
  config: [expressionSettings, versionSettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(
      UserMapping,
      {
        attributes: CustomerAttributes,
        transforms: Transforms,
        expressions: Expressions,
        published: PublishedMappings,
        choices: KnownChoices,
      },
      createMappings,
    ),
    provide(KnownChoices, { database: Database, groups: CustomerGroups, websites: Websites }, (sources) =>
      followChoices(sources),
    ),
    provide(PublishedMappings, { database: Database, attributes: CustomerAttributes }, ({ database, attributes }) =>
      // An attribute may have been made together with the version that maps it.
      followPublished(database, { appeared: () => attributes.expire() }),
    ),
    provide(
      MappingVersions,
      {
        attributes: CustomerAttributes,
        transforms: Transforms,
        expressions: Expressions,
        published: PublishedMappings,
        activities: Activities,
        events: Events,
        config: versionSettings.token,
      },
      ({ attributes, transforms, expressions, published, activities, events, config }) =>
        createVersions({
          attributes,
          activities,
          events,
          config,
          published: () => published.expire(),
          language: {
            check: (document, known) =>
              checkDocument(document, {
                attributes: known,
                transforms,
                checkExpression: (text) => expressions.check(text),
              }),
            preset: presetFor,
            isKnownSource: (source, document) => isKnownSource(source, document, attributes.known()),
          },
        }),
    ),
    provide(Expressions, { config: expressionSettings.token }, ({ config }) =>
      createExpressions({ deadline: () => config.get('deadline') }),
    ),
  ],
  contributes: [
    versionsOfConnection,
    mappingFacts,
    ...standardTransforms.map((transform) => contribute(Transforms, {}, () => transform)),
  ],
  routes: [...versionRoutes, ...draftRoutes, ...attributeRoutes, ...mappingPages],
  commands: [...versionCommands, ...documentCommands, ...presetCommands, ...attributeCommands],
  hooks: [
    // So that the first request does not wait for what is in effect.
    onStart(
      'attribute-mapping.published',
      { published: PublishedMappings, database: Database },
      ({ published, database }) => published.ready(database),
    ),
    onStop('attribute-mapping.expressions-stop', { expressions: Expressions }, ({ expressions }) => expressions.stop()),
  ],
});
