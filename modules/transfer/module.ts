import { defineModule } from '../framework/index.ts';
import { exportFile } from './admin/export-file.ts';
import { importPages } from './admin/import-page.tsx';
import { uploadPages } from './admin/upload-page.tsx';
import { exportCommand } from './export/command.ts';
import { importCommand } from './import/command.ts';

export default defineModule({
  name: 'transfer',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'customer', 'activity'],
  optional: ['admin'],
  acl: {
    'transfer::import': 'Import customers from files',
    'transfer::export': 'Export customers with everything that is known of them',
  },
  migrations: new URL('./migrations/', import.meta.url),
  routes: [...importPages, ...uploadPages, exportFile],
  commands: [exportCommand, importCommand],
});
