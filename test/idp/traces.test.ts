import { readdirSync, readFileSync } from 'node:fs';
import { createTestHost, type TestHost } from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';
import { replay, type Trace } from './replay.ts';

const folder = new URL('./traces/', import.meta.url);

/** Traces that need more than users and discovery. */
const later = new Set(['rfc-02-filter-examples.json']);

const traces = readdirSync(folder)
  .sort()
  .map((file) => ({ file, trace: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Trace }));

/** A look-up of groups must find none in peace; making one is not served yet. */
const needsGroups = ({ steps }: Trace): boolean =>
  steps.some(({ method, path }) => path.startsWith('/Bulk') || (path.startsWith('/Groups') && method !== 'GET'));

onBothEngines('A recorded identity provider', (engine) => {
  let opened: OpenedDatabase;
  let host: TestHost;
  let base: string;
  let token: string;

  before(async () => {
    opened = await engine.open();
    host = await createTestHost({ modules: [provisioning], database: opened.database });
    const { url, told } = await host.host.listen();
    base = `${url}/scim/v2`;
    token = told.find(({ label }) => label === 'SCIM bearer token')?.value ?? '';
  });
  after(async () => {
    await host.close();
    await opened.dispose();
  });

  for (const { file, trace } of traces) {
    if (later.has(file) || needsGroups(trace)) continue;
    it(`is content: ${trace.idp}, ${trace.scenario}`, () => replay(trace, base, token));
  }
});
