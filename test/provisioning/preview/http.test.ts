import { expect } from 'chai';
import { Authorizer, type Override } from '../../../modules/framework/index.ts';
import { SearchForms } from '../../../modules/provisioning/search-forms/search-forms.ts';
import { userSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { after as changedRows, before as presentRows } from '../impact/impacted-host.ts';
import { type MappedClient, type MappedHost, openMappedHost } from '../mapped/mapped-host.ts';

onBothEngines('The admin API that tries and applies mappings', (engine) => {
  let host: MappedHost;
  let scim: MappedClient;
  let asked: string[] = [];
  const override: Override[] = [
    [
      Authorizer,
      {
        async authorize(_: unknown, resource: string) {
          asked.push(resource);
          return 'granted' as const;
        },
      },
    ],
  ];
  before(async () => {
    host = await openMappedHost(engine, { override });
  });
  after(() => host.close());
  beforeEach(async () => {
    scim = await host.mapped(presentRows);
    for (const title of ['boss', 'clerk']) await scim.create(scim.user({ title }));
    asked = [];
  });

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${host.url}/admin/api/v1${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return {
      status: response.status,
      type,
      lines: text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  };
  const mapping = (method: string, path: string, body?: unknown) =>
    call(method, `/connections/${scim.code}/mapping${path}`, body);

  it('tells how far searches have followed the mapping in effect', async () => {
    const before = await mapping('GET', '/search-forms');
    expect(before.lines[0]).to.deep.include({ version: 1, finished: false, done: 0, total: 2 });
    expect(asked).to.deep.equal(['provisioning::preview']);
    await host.host.resolve(SearchForms).drain();
    expect((await mapping('GET', '/search-forms')).lines[0]).to.deep.include({ finished: true, done: 2, total: 2 });
  });

  it('previews what is sent', async () => {
    const payload = { schemas: [userSchema.id], userName: 'new', emails: [{ value: 'new@example.com' }] };
    const { status, lines } = await mapping('POST', '/preview', { payload });
    expect(status).to.equal(200);
    expect(lines[0]).to.deep.include({ status: 201, request: { method: 'POST', path: '/Users' } });
    expect(asked).to.deep.equal(['provisioning::preview']);
    expect((await mapping('POST', '/preview', {})).status).to.equal(400);
    expect((await mapping('POST', '/preview', { payload, draft: true })).status).to.equal(404);
    expect((await mapping('POST', '/preview', { payload, version: 9 })).status).to.equal(404);
    expect((await mapping('POST', '/preview', { payload: { Operations: [] } })).status).to.equal(400);
    expect((await call('POST', '/connections/nobody/mapping/preview', { payload })).status).to.equal(404);
  });

  it('shows what was received and the lights', async () => {
    await host.records();
    const { lines } = await mapping('GET', '/payloads?limit=1');
    expect(lines[0].payloads).to.have.length(1);
    expect((await mapping('GET', '/requirements')).lines[0].states[0]).to.include({ state: 'present' });
  });

  it('streams an impact and its application as lines of JSON', async () => {
    await scim.publish(changedRows);
    host.advance(5);
    const impact = await mapping('POST', '/impact', { customers: true });
    expect(impact.type).to.contain('application/x-ndjson');
    expect(impact.lines.map(({ kind }) => kind)).to.deep.equal(['customer', 'customer', 'progress', 'summary']);
    expect(impact.lines.at(-1)).to.include({ changes: 2 });
    expect((await mapping('POST', '/impact', {})).lines.map(({ kind }) => kind)).to.deep.equal(['progress', 'summary']);
    asked = [];
    const { lines } = await mapping('POST', '/apply', {});
    expect(asked).to.deep.equal(['provisioning::apply']);
    expect(lines.at(-1)).to.include({ kind: 'summary', changed: 2, actor: 'administration' });
    expect((await mapping('GET', '/runs')).lines[0].runs[0]).to.include({ state: 'done', changed: 2 });
    expect((await mapping('POST', '/impact', { version: 9 })).status).to.equal(404);
  });

  it('replays a record, tried or done', async () => {
    const [record] = (await host.records()).filter(({ operation }) => operation === 'user.create');
    const dry = await call('POST', `/activity/${record?.id}/replay/dry`);
    expect(dry.lines[0].preview).to.include({ status: 409 });
    expect((await call('POST', `/activity/${record?.id}/replay`, {})).status).to.equal(400);
    asked = [];
    const live = await call('POST', `/activity/${record?.id}/replay`, { live: true });
    expect(live.lines[0]).to.include({ status: 409 });
    expect(asked).to.deep.equal(['provisioning::replay']);
    expect((await call('POST', '/activity/999999/replay/dry')).status).to.equal(404);
    expect((await call('POST', '/activity/x/replay/dry')).status).to.equal(404);
  });
});
