import { defineModule } from '../framework/module/manifest.ts';

export default defineModule({ name: 'scim', version: '1.0.0', host: '^1' });
