import { Activities } from '../../activity/index.ts';
import { Connections } from '../../connection/index.ts';
import {
  Clock,
  Database,
  Environment,
  Events,
  Logger,
  Outgoing,
  type Provision,
  provide,
} from '../../framework/index.ts';
import { createWatch, SamlWatch } from '../expiry/watch.ts';
import { SamlProviders } from '../provider/providers.ts';
import { createIdpMetadata } from './create-idp-metadata.ts';
import { metadataFetcher } from './fetch.ts';
import { IdpMetadata } from './idp-metadata.ts';
import { samlSecurity } from './settings.ts';

/** The services that look after identity providers' metadata and certificates. */
export const metadataServices: readonly Provision[] = [
  provide(
    IdpMetadata,
    {
      database: Database,
      connections: Connections,
      providers: SamlProviders,
      activities: Activities,
      environment: Environment,
      events: Events,
      clock: Clock,
      outgoing: Outgoing,
      config: samlSecurity.token,
    },
    ({ outgoing, config, ...needs }) => createIdpMetadata({ ...needs, fetch: metadataFetcher(outgoing, config) }),
  ),
  provide(
    SamlWatch,
    {
      database: Database,
      connections: Connections,
      metadata: IdpMetadata,
      events: Events,
      config: samlSecurity.token,
      clock: Clock,
      logger: Logger,
    },
    createWatch,
  ),
];
