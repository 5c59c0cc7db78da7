import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command, Environment } from '../../framework/index.ts';
import { ApiDocs } from '../api-docs.ts';
import { docsFiles } from './files.ts';

/** Writes the documentation of what the enabled modules serve: OpenAPI, a Postman collection, a curl line for everything. */
export const exportDocs = command('api:export', {
  describe: 'Write the API’s documentation: OpenAPI, a Postman collection, curl lines',
  options: {
    folder: { type: 'string', describe: 'where the files go; made if it is missing', required: true },
    'base-url': { type: 'string', describe: 'the address that the files name; BASE_URL unless said' },
  },
  inject: { docs: ApiDocs, environment: Environment },
  async run({ folder, 'base-url': baseUrl }, { docs, environment }) {
    const files = docsFiles(docs.endpoints(), baseUrl ?? environment.baseUrl);
    await mkdir(folder, { recursive: true });
    for (const [name, content] of files) await writeFile(join(folder, name), content);
    return { folder, operations: docs.endpoints().length, files: [...files.keys()] };
  },
  print: ({ folder, operations, files }) => `${operations} operations in ${files.length} files: ${folder}`,
});
