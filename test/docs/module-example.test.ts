import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { createTestHost, Database, type ModuleManifest, sql, type TestHost } from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';

const modules = new URL('../../modules/', import.meta.url);

/** The module that the guide shows, with its imports pointing at this checkout. */
async function exampleFromGuide(folder: string): Promise<ModuleManifest> {
  const guide = readFileSync(new URL('../../docs/modules.md', import.meta.url), 'utf8');
  const code = /```ts\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  const file = join(folder, 'module.mts');
  writeFileSync(
    file,
    code.replace(/'\.\.\/([\w-]+\/index\.ts)'/g, (_, path: string) => `'${new URL(path, modules)}'`),
  );
  const { default: manifest } = (await import(pathToFileURL(file).href)) as { default: ModuleManifest };
  return manifest;
}

describe('The module in docs/modules.md', () => {
  let folder: string;
  let host: TestHost;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-guide-'));
    host = await createTestHost({ modules: [provisioning, await exampleFromGuide(folder)] });
  });
  after(async () => {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('stands among the plugins of the mapping', () => {
    const [method] = host.host.describePlugins('UserMapping.toCustomer');
    expect(method?.calls).to.deep.equal(['real', 'loyalty-tier.group.after']);
  });

  it('puts a department into a customer group', async () => {
    const { url, told } = await host.host.listen();
    const token = told.find(({ label }) => label === 'SCIM bearer token')?.value;
    const create = (userName: string, department: string) =>
      fetch(`${url}/scim/v2/Users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        body: JSON.stringify({
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName,
          'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department },
        }),
      });
    expect((await create('sold@example.com', 'Sales')).status).to.equal(201);
    expect((await create('made@example.com', 'Workshop')).status).to.equal(201);
    const rows = await host.resolve(Database).all(sql`SELECT email, group_id FROM {customer_entity} ORDER BY email`);
    expect(rows).to.deep.equal([
      { email: 'made@example.com', group_id: 1 },
      { email: 'sold@example.com', group_id: 2 },
    ]);
  });
});
