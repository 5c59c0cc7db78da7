import { expect } from 'chai';
import { contribute, createTestHost, Gauges, type TestHost } from '../../../modules/framework/index.ts';
import { metricsAccess } from '../../../modules/framework/metrics/access.ts';
import type { Gauge } from '../../../modules/framework/metrics/gauge.ts';
import { gaugeReadings } from '../../../modules/framework/metrics/gauge-readings.ts';
import { room } from '../kernel.ts';

describe('Gauges', () => {
  const gauge = (name: string, read: Gauge['read']): Gauge => ({ name, help: name, read });

  it('are read once in five seconds, whoever asks', async () => {
    let [now, reads] = [0, 0];
    const clock = { now: () => new Date(now) };
    const read = gaugeReadings([gauge('a', async () => ++reads)], clock);
    const values = async () => (await read()).readings.map((reading) => reading.values['']);
    expect(await Promise.all([values(), values()])).to.deep.equal([[1], [1]]);
    now = 4_999;
    expect(await values()).to.deep.equal([1]);
    now = 5_000;
    expect(await values()).to.deep.equal([2]);
  });

  it('are left out where they fail or take too long, and the others stay', async () => {
    const { readings, failed } = await gaugeReadings(
      [
        gauge('throws', () => {
          throw new Error('no');
        }),
        gauge('hangs', () => new Promise(() => {})),
        gauge('works', async () => ({ waiting: 3 })),
      ],
      { now: () => new Date(0) },
      1,
    )();
    expect(failed).to.deep.equal(['throws', 'hangs']);
    expect(readings.map(({ values }) => values)).to.deep.equal([{ waiting: 3 }]);
  });
});

describe('Who reads the metrics', () => {
  const asks = (headers: Record<string, string>, remoteAddress: string, token = '', production = false) =>
    metricsAccess({ headers, socket: { remoteAddress } }, token, production ? 'production' : 'development');

  it('is whoever has the token, from wherever, and nobody else', () => {
    expect(asks({ authorization: 'Bearer secret' }, '10.0.0.1', 'secret', true)).to.equal('granted');
    expect(asks({ authorization: 'Bearer secre' }, '127.0.0.1', 'secret')).to.equal('unauthenticated');
    expect(asks({}, '127.0.0.1', 'secret')).to.equal('unauthenticated');
    expect(asks({ authorization: 'Bearer  ' }, '10.0.0.1')).to.equal('closed');
  });

  it('is this machine without a token, but no proxy on it, and nobody in production', () => {
    expect(['127.0.0.1', '::ffff:127.0.0.1', '::1'].map((from) => asks({}, from))).to.deep.equal(
      Array(3).fill('granted'),
    );
    expect(asks({}, '192.168.0.7')).to.equal('closed');
    expect(asks({ 'x-forwarded-for': '8.8.8.8' }, '127.0.0.1')).to.equal('closed');
    expect(asks({}, '127.0.0.1', '', true)).to.equal('closed');
  });
});

describe('/metrics', () => {
  let host: TestHost;
  let url: string;

  before(async () => {
    const modules = [
      room('hall', {
        contributes: [
          contribute(Gauges, {}, () => ({ name: 'hall_guests', help: 'Guests', read: async () => 7 })),
          contribute(Gauges, {}, () => ({
            name: 'hall_chairs',
            help: 'Chairs',
            label: 'state',
            read: async () => ({ free: 2, 'a "b"': 1 }),
          })),
          contribute(Gauges, {}, () => ({ name: 'hall_roof', help: 'Roof', read: () => Promise.reject(new Error()) })),
        ],
      }),
    ];
    host = await createTestHost({ modules });
    ({ url } = await host.listen());
  });
  after(() => host.close());

  const scrape = async () => {
    const answer = await fetch(`${url}/metrics`);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.equal('text/plain; version=0.0.4; charset=utf-8');
    return (await answer.text()).split('\n');
  };

  it('tells the gauges of all rooms, what failed, and what the process costs', async () => {
    const lines = await scrape();
    expect(lines).to.include.members([
      '# TYPE hall_guests gauge',
      'hall_guests 7',
      'hall_chairs{state="free"} 2',
      'hall_chairs{state="a \\"b\\""} 1',
      'vestibule_gauges_failed 1',
    ]);
    expect(lines.some((line) => /^process_resident_memory_bytes \d+/.test(line))).to.equal(true);
    expect(lines.join()).not.to.contain('hall_roof');
  });

  it('counts answers of this server by area and status, and no path of anybody', async () => {
    const before = await scrape();
    expect(before.join()).not.to.contain('area="health"');
    for (const path of ['/health/live', '/health/ready?x=1', '/nobody/here', '/health/nothing', '/'])
      await fetch(url + path);
    const counted = (await scrape()).filter((line) =>
      /^vestibule_http_answers_total\{area="(health|other)"/.test(line),
    );
    expect(counted.sort()).to.deep.equal([
      'vestibule_http_answers_total{area="health",status="2xx"} 2',
      'vestibule_http_answers_total{area="health",status="4xx"} 1',
      'vestibule_http_answers_total{area="other",status="4xx"} 2',
    ]);
  });

  it('asks for the token once there is one', async () => {
    const closed = await createTestHost({ modules: [], config: { 'system/metrics/token': 'secret' } });
    const at = `${(await closed.listen()).url}/metrics`;
    const refused = await fetch(at);
    expect([refused.status, refused.headers.get('www-authenticate')]).to.deep.equal([401, 'Bearer realm="metrics"']);
    expect((await fetch(at, { headers: { authorization: 'Bearer secret' } })).status).to.equal(200);
    await closed.close();
    expect((await fetch(`${url}/metrics`, { headers: { via: '1.1 proxy' } })).status).to.equal(403);
  });
});
