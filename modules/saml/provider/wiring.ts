import { Activities } from '../../activity/index.ts';
import { UserMapping } from '../../attribute-mapping/index.ts';
import { Connections } from '../../connection/index.ts';
import { Clock, Database, Encryptor, Environment, type Provision, provide } from '../../framework/index.ts';
import { createCertificates, SamlCertificates } from './certificate/certificates.ts';
import { createProviders } from './create-providers.ts';
import { KeyPairs, rsaKeyPairs } from './key/key-pairs.ts';
import { createKeys, SamlKeys } from './key/keys.ts';
import { SamlProviders } from './providers.ts';

/** The services of this folder. */
export const providerServices: readonly Provision[] = [
  provide(KeyPairs, {}, () => rsaKeyPairs),
  provide(
    SamlProviders,
    {
      database: Database,
      connections: Connections,
      activities: Activities,
      encryptor: Encryptor,
      environment: Environment,
      clock: Clock,
      keyPairs: KeyPairs,
      mapping: UserMapping,
    },
    createProviders,
  ),
  provide(
    SamlKeys,
    {
      database: Database,
      connections: Connections,
      providers: SamlProviders,
      activities: Activities,
      encryptor: Encryptor,
      environment: Environment,
      clock: Clock,
      keyPairs: KeyPairs,
    },
    createKeys,
  ),
  provide(
    SamlCertificates,
    {
      database: Database,
      connections: Connections,
      providers: SamlProviders,
      activities: Activities,
      clock: Clock,
    },
    createCertificates,
  ),
];
