import { defineModule } from 'vestibule/framework';
import { answerPage } from './admin/page.tsx';
import { answerCommand } from './command.ts';
import { savedObserver } from './observer.ts';
import { mappingPlugin } from './plugin.ts';
import { answerRoute } from './route.ts';
import { provided } from './service.ts';
import { settings } from './settings.ts';
import { transform } from './transform.ts';

export default defineModule({
  name: 'sample-room',
  version: '0.1.0',
  host: '^1',
  sequence: ['attribute-mapping', 'customer'],
  optional: ['admin'],
  acl: {
    'sample-room::config': 'Configure sample room',
    'sample-room::view': 'See sample room',
  },
  config: [settings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [provided],
  contributes: [transform],
  plugins: [mappingPlugin],
  observers: [savedObserver],
  routes: [answerRoute, answerPage],
  commands: [answerCommand],
});
