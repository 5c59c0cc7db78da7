import { expect } from 'chai';
import { areas, conformant, runSuite, type SuiteResult } from '../../modules/conformance/index.ts';
import { sql } from '../../modules/framework/index.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';

onBothEngines('The conformance suite against this service provider', (engine) => {
  let host: ScimHost;
  let result: SuiteResult;
  before(async function () {
    this.timeout(120_000);
    host = await openHost(engine);
    await host.scim.create({ userName: 'somebody else' });
    result = await runSuite({ areas, target: { base: `${host.url}/scim/v2`, token: host.token } });
  });
  after(() => host.close());

  const told = (level: string): string[] =>
    result.verdicts
      .filter((one) => one.level === level && one.outcome === 'fail')
      .map(({ id, says, reason }) => `${id} ${says} ${reason}`);

  it('finds every MUST met', () => {
    expect(told('MUST')).to.deep.equal([]);
    expect(conformant(result)).to.equal(true);
  });

  it('finds every SHOULD met, and every MAY used', () => {
    expect([...told('SHOULD'), ...told('MAY')]).to.deep.equal([]);
  });

  it('skips next to nothing: everything is announced', () => {
    const skipped = result.verdicts.filter(({ outcome }) => outcome === 'skip');
    expect(skipped.length, skipped.map(({ id, reason }) => `${id} ${reason}`).join('\n')).to.be.at.most(3);
  });

  it('leaves nothing behind and touches nobody else', async () => {
    expect(result.left).to.deep.equal([]);
    const { json } = await host.scim.get('/Users');
    expect(json.totalResults).to.equal(1);
    expect(json.Resources?.[0]?.userName).to.equal('somebody else');
    expect((await host.scim.get('/Groups')).json.totalResults).to.equal(0);
    const living = await host.rows(sql`SELECT customer_id FROM {vestibule_user} WHERE is_deleted = 0`);
    expect(living).to.have.length(1);
  });
});

onBothEngines('The conformance suite against a connection that follows the interop profile', (engine) => {
  if (engine.name !== 'sqlite') return;
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());

  it('finds every MUST met, and skips what that profile refuses', async function () {
    this.timeout(120_000);
    const { token } = await host.connect('strict', { profile: 'interop-strict' });
    const { verdicts } = await runSuite({ areas, target: { base: `${host.url}/scim/v2`, token } });
    const musts = verdicts.filter(({ level }) => level === 'MUST');
    expect(musts.filter(({ outcome }) => outcome === 'fail')).to.deep.equal([]);
    const refused = musts.filter(({ reason = '' }) => reason.startsWith('the interop profile'));
    expect(refused.map(({ id }) => id)).to.deep.equal(['RFC7644-3.5.2-04', 'RFC7644-3.5.2-05', 'RFC7644-3.5.2-11']);
  });
});
