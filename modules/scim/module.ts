import { defineModule } from '../framework/index.ts';

export default defineModule({ name: 'scim', version: '1.0.0', host: '^1' });
