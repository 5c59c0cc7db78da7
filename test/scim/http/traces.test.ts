import { readdirSync, readFileSync } from 'node:fs';
import { replay, type Trace } from '../../idp/replay.ts';
import { type MemoryServer, startMemoryServer } from './memory-server.ts';

const folder = new URL('../../idp/traces/', import.meta.url);

describe('Over a Map of resources, a recorded identity provider', () => {
  let server: MemoryServer;
  before(async () => {
    server = await startMemoryServer();
  });
  after(() => server.close());

  for (const file of readdirSync(folder).sort()) {
    const trace = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Trace;
    it(`is content: ${trace.idp}, ${trace.scenario}`, () => replay(trace, server.baseUrl, 'secret'));
  }
});
