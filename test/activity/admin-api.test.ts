import { expect } from 'chai';
import { ActivityJobs } from '../../modules/activity/jobs/jobs.ts';
import { sql } from '../../modules/framework/index.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { type AdminClient, adminClient, administrator } from '../setup/administration.ts';
import { onBothEngines } from '../setup/databases.ts';

interface Item {
  readonly id: number;
  readonly operation: string;
  readonly subject: string;
}

onBothEngines('The admin API of activity', (engine) => {
  let host: ScimHost;
  let admin: AdminClient;
  const granted = new Set(['activity::view', 'activity::export', 'activity::verify']);
  const { override, asked } = administrator(granted);
  before(async () => {
    host = await openHost(engine, { override: [override] });
    admin = adminClient(host.url);
    for (const userName of ['ada@example.com', '=cmd|calc', 'bob@example.com']) await host.scim.create({ userName });
    await host.scim.post({ userName: 'ada@example.com' });
    await host.records();
    await host.host.resolve(ActivityJobs).seal();
    host.advance(90);
    await host.scim.get('/Users?count=1');
    await host.records();
  });
  after(() => host.close());

  const list = async (query = ''): Promise<readonly Item[]> => (await admin.get(`/activity${query}`)).json.items;
  const operations = async (query: string) => (await list(query)).map(({ operation }) => operation);

  it('answers the newest first, by any filter of the report', async () => {
    expect(await operations('')).to.deep.equal([
      'user.list',
      'user.create',
      'user.create',
      'user.create',
      'user.create',
    ]);
    expect(await operations('?user=ADA@example.com')).to.have.length(2);
    expect(await operations('?status=409,5xx&action=create&application=default')).to.deep.equal(['user.create']);
    expect(await operations('?status=409&application=Default%20Connection')).to.deep.equal(['user.create']);
    expect(await operations('?from=1m')).to.deep.equal(['user.list']);
    expect(await operations('?to=2024-05-05')).to.deep.equal([]);
    expect(await operations('?text=calc')).to.have.length(1);
    const [one] = await list('?user=bob@example.com');
    const { requestId } = (await admin.get(`/activity/${one?.id}`)).json;
    expect((await list(`?request=${requestId}`)).map(({ id }) => id)).to.deep.equal([one?.id]);
  });

  it('goes on page by page', async () => {
    const seen: number[] = [];
    let query = '?limit=2';
    for (let page = 0; page < 3; page++) {
      const { json } = await admin.get(`/activity${query}`);
      seen.push(...json.items.map(({ id }: Item) => id));
      query = `?limit=2&cursor=${json.nextCursor}`;
      expect(json.nextCursor === undefined).to.equal(page === 2);
    }
    expect(seen).to.deep.equal((await list()).map(({ id }) => id));
  });

  it('shows a record with what was received', async () => {
    const [created] = await list('?user=ada@example.com&status=201');
    const { status, json, headers } = await admin.get(`/activity/${created?.id}`);
    expect(status).to.equal(200);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(json).to.deep.include({
      subject: 'ada@example.com',
      application: 'default',
      status: 201,
      actor: 'first start',
    });
    expect(json.payload).to.deep.include({ method: 'POST', path: '/Users' });
    for (const id of ['999999', '0', 'x', '1e3']) expect((await admin.get(`/activity/${id}`)).status, id).to.equal(404);
  });

  it('exports CSV that no spreadsheet computes, and JSON', async () => {
    const csv = await fetch(`${host.url}/admin/api/v1/activity/export?action=create&status=201`);
    expect(csv.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).to.equal('attachment; filename=provisioning-report-2024-05-06.csv');
    const lines = (await csv.text()).trimEnd().split('\r\n');
    expect(lines).to.have.length(4);
    expect(lines[2]).to.contain(`"'=cmd|calc"`);
    const { json } = await admin.get('/activity/export?format=json&status=409');
    expect(json.map(({ subject }: Item) => subject)).to.deep.equal(['ada@example.com']);
  });

  it('says what is wrong with a question', async () => {
    for (const [query, status, code] of [
      ['?limit=0', 400, 'QUERY_INVALID'],
      ['?limit=1001', 400, 'QUERY_INVALID'],
      ['?users=ada', 400, 'QUERY_INVALID'],
      ['?user=a&user=b', 400, 'QUERY_INVALID'],
      ['?from=yesterday', 400, 'QUERY_INVALID'],
      ['?status=4xy', 400, 'FILTER_INVALID'],
      ['?cursor=AAAA', 400, 'CURSOR_INVALID'],
      ['?application=nope', 404, 'APPLICATION_UNKNOWN'],
      ['/export?format=xls', 400, 'QUERY_INVALID'],
      ['/export?application=nope', 404, 'APPLICATION_UNKNOWN'],
    ] as const) {
      const { status: answered, json } = await admin.get(`/activity${query}`);
      expect([answered, json.error.code], query).to.deep.equal([status, code]);
      expect(json.error.message, query).to.match(/\w.*\.$/);
    }
  });

  it('tells whether the record is as it was sealed', async () => {
    const { json } = await admin.send('POST', '/activity/verify', {});
    expect(json).to.deep.include({ intact: true, seals: 1, records: 4, waiting: 1 });
    const anchor = `${json.head.sealId}:${json.head.digest}`;
    expect((await admin.send('POST', '/activity/verify', { anchors: [anchor] })).json.intact).to.equal(true);
    expect((await admin.send('POST', '/activity/verify', { anchors: [`2${anchor.slice(1)}`] })).json.fault).to.include({
      what: 'anchor',
      sealId: 2,
    });
    for (const body of [{ anchors: 'x' }, { anchors: ['x'] }, { other: 1 }])
      expect((await admin.send('POST', '/activity/verify', body)).status, JSON.stringify(body)).to.equal(400);
    const change = (to: string, from: string) =>
      host.database.run(
        sql`UPDATE {vestibule_activity_record} SET entry = REPLACE(entry, ${from}, ${to}) WHERE entry LIKE ${`%"subject":"${from}%`}`,
      );
    await change('eve@example.com', 'bob@example.com');
    expect((await admin.send('POST', '/activity/verify', {})).json).to.deep.include({ intact: false });
    await change('bob@example.com', 'eve@example.com');
    expect((await admin.send('POST', '/activity/verify')).json.intact).to.equal(true);
  });

  it('asks for a resource of its own for each kind of act', async () => {
    granted.clear();
    for (const [method, path, resource] of [
      ['GET', '', 'activity::view'],
      ['GET', '/1', 'activity::view'],
      ['GET', '/export', 'activity::export'],
      ['POST', '/verify', 'activity::verify'],
    ] as const) {
      asked.length = 0;
      expect((await admin.send(method, `/activity${path}`)).status, path).to.equal(403);
      expect(asked, path).to.deep.equal([resource]);
    }
  });
});
