import { readdirSync, readFileSync } from 'node:fs';
import { createTestHost, type TestHost } from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';
import { replay, type Trace } from './replay.ts';

const folder = new URL('./traces/', import.meta.url);

const traces = readdirSync(folder)
  .sort()
  .map((file) => ({ file, trace: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Trace }));

onBothEngines('A recorded identity provider', (engine) => {
  let opened: OpenedDatabase;
  let host: TestHost;
  let base: string;
  let token: string;

  before(async () => {
    opened = await engine.open({ migrated: true });
    host = await createTestHost({ modules: [provisioning], database: opened.database });
    const { url, told } = await host.host.listen();
    base = `${url}/scim/v2`;
    token = told.find(({ label }) => label === 'SCIM bearer token')?.value ?? '';
  });
  after(async () => {
    await host.close();
    await opened.dispose();
  });

  for (const { trace } of traces) it(`is content: ${trace.idp}, ${trace.scenario}`, () => replay(trace, base, token));
});
