import { defineModule, provide } from '../framework/index.ts';
import { Administrators } from './administrator.ts';
import { createAdministrators } from './administrators.ts';
import { createUser } from './commands.ts';
import { firstAdministrator } from './first-start.ts';
import { arrival } from './http/arrival.ts';

export default defineModule({
  name: 'admin',
  version: '1.0.0',
  host: '^1',
  // The tables of administrators are the store's.
  sequence: ['store'],
  provides: [provide(Administrators, {}, () => createAdministrators())],
  commands: [createUser],
  routes: [arrival],
  hooks: [firstAdministrator],
});
