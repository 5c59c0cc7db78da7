import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { createTestHost, Database, type ModuleManifest, sql, type TestHost } from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import { blocksOf, shows } from './guide/block.ts';
import { type GuideProject, openGuideProject } from './guide/project.ts';

const guide = readFileSync(new URL('../../docs/modules.md', import.meta.url), 'utf8');

describe('docs/modules.md', () => {
  let project: GuideProject;
  before(async () => {
    project = await openGuideProject();
  });
  after(() => project.dispose());

  it('is short enough for ten minutes', () => {
    expect(guide.split('\n').length).to.be.at.most(301);
  });

  it('does block by block what it says', async function () {
    this.timeout(120_000);
    const blocks = blocksOf(guide);
    expect(blocks.length).to.be.above(12);
    for (const block of blocks) {
      if (block.kind === 'write') await project.write(block.path, block.text);
      else if (block.kind === 'holds') expect(await project.read(block.path), block.path).to.equal(block.text);
      else
        for (const { line, output } of block.commands) {
          const printed = await project.run(line);
          if (!shows(output, printed)) expect(printed, line).to.equal(output.join('\n'));
        }
    }
  });

  describe('The module it ends with', () => {
    let host: TestHost;
    before(async () => {
      const file = pathToFileURL(join(project.root, 'modules/loyalty-tier/module.ts')).href;
      const { default: manifest } = (await import(file)) as { default: ModuleManifest };
      const config = { 'loyalty_tier/general/answers': { Sales: '2' } };
      host = await createTestHost({ modules: [provisioning, manifest], config });
    });
    after(() => host?.close());

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
});
