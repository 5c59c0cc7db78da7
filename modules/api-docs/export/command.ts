import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command, Environment } from '../../framework/index.ts';
import { ApiDocs } from '../api-docs.ts';
import { docsFiles } from './files.ts';
import { made } from './markdown.ts';

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
    for (const name of await outdated(folder, files)) await rm(join(folder, name));
    for (const [name, content] of files) await writeFile(join(folder, name), content);
    return { folder, operations: docs.endpoints().length, files: [...files.keys()] };
  },
  print: ({ folder, operations, files }) => `${operations} operations in ${files.length} files: ${folder}`,
});

/** Pages that were written here once, and are not any more: a heading was renamed, or its module is gone. */
async function outdated(folder: string, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder))
    if (name.endsWith('.md') && !files.has(name) && (await readFile(join(folder, name), 'utf8')).startsWith(made))
      found.push(name);
  return found;
}
