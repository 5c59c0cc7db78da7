import { defineModule, onStart, onStop } from '../framework/index.ts';
import { samlGuide } from './admin/guide/contribution.ts';
import { samlPages } from './admin/routes.ts';
import { samlChecks } from './admin/setup-checks.ts';
import { samlFacts } from './admin/setup-facts.ts';
import { samlOperations } from './checkup.ts';
import { samlCommands } from './commands/commands.ts';
import { SamlWatch } from './expiry/watch.ts';
import { samlAdminRoutes } from './http/admin/saml.ts';
import { metadataRoutes } from './http/metadata.ts';
import { signInRoutes, signInServices } from './http/wiring.ts';
import { identityCommands } from './identity/commands.ts';
import { recordedSignIns } from './identity/recorded.ts';
import { identitiesOfConnection, identityObservers, identityServices } from './identity/wiring.ts';
import { samlSecurity } from './metadata/settings.ts';
import { metadataServices } from './metadata/wiring.ts';
import { certificatesOfConnection } from './provider/belonging.ts';
import { providerServices } from './provider/wiring.ts';
import { purging } from './request/purging.ts';
import { sessionsOfConnection } from './session/belonging.ts';
import { standingObservers } from './session/observers.ts';
import { guardServices } from './verification/wiring.ts';

export default defineModule({
  name: 'saml',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'customer', 'activity', 'scim', 'connection', 'attribute-mapping', 'provisioning'],
  optional: ['admin'],
  acl: {
    'saml::config': 'Configure which internal servers SAML may reach, and how often metadata is read',
    'saml::view': 'See how connections take part in SAML: settings, metadata, certificates',
    'saml::manage': 'Set up SAML of connections: settings, metadata, trusted certificates, keys',
  },
  config: [samlSecurity],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [...providerServices, ...metadataServices, ...identityServices, ...guardServices, ...signInServices],
  contributes: [
    ...samlOperations,
    samlGuide,
    samlFacts,
    samlChecks,
    sessionsOfConnection,
    certificatesOfConnection,
    identitiesOfConnection,
    recordedSignIns,
  ],
  observers: [...standingObservers, ...identityObservers],
  routes: [...signInRoutes, ...metadataRoutes, ...samlAdminRoutes, ...samlPages],
  commands: [...samlCommands, ...identityCommands],
  hooks: [
    onStart('saml.watch', { watch: SamlWatch }, ({ watch }) => watch.start()),
    onStop('saml.watch-stop', { watch: SamlWatch }, ({ watch }) => watch.stop()),
    ...purging,
  ],
});
