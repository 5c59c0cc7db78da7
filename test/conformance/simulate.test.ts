import { expect } from 'chai';
import { play, type SimulationResult } from '../../modules/conformance/simulate/play.ts';
import { identityProviders } from '../../modules/conformance/simulate/profiles/index.ts';
import { summaryOf } from '../../modules/conformance/simulate/summary.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type BrokenProvider, type Spoil, startBrokenProvider } from './broken-provider.ts';
import { answers, bodies, isList, operations, without } from './faults/fault.ts';

const named = (code: string) => {
  const idp = identityProviders.find((one) => one.code === code);
  if (!idp) throw new Error(`no profile ${code}`);
  return idp;
};
const silent = () => {};

onBothEngines('A simulated identity provider', (engine) => {
  let host: ScimHost;
  let base: string;
  before(async () => {
    host = await openHost(engine);
    base = `${host.url}/scim/v2`;
  });
  after(() => host.close());

  for (const idp of identityProviders)
    it(`is content as ${idp.name}, and leaves nobody behind`, async () => {
      const said: string[] = [];
      const scim = await host.connect(`as-${idp.code}`, { profile: idp.profile });
      const progress = (text: string) => said.push(text);
      const result = await play({ idp, base, token: scim.token, users: 4, keep: false, progress });
      expect(result.faults).to.deep.equal([]);
      expect(result).to.deep.include({ profile: idp.code, users: 4, left: [], kept: false });
      expect(Object.values(result.verbs).reduce((sum, count) => sum + count, 0)).to.equal(result.requests);
      expect(said).to.include.members(['test connection: done', 'create: 4 of 4', 'reactivate: 4 of 4']);
      expect((await scim.get('/Users')).json.totalResults).to.equal(0);
      expect((await scim.get('/Groups')).json.totalResults).to.equal(0);
    });

  it('leaves people and group with `keep`', async () => {
    const scim = await host.connect('kept');
    const result = await play({ idp: named('okta'), base, token: scim.token, users: 2, keep: true, progress: silent });
    expect(result.faults).to.deep.equal([]);
    expect((await scim.get('/Users?filter=active%20eq%20true')).json.totalResults).to.equal(2);
    expect(result.left).to.have.length(3);
    expect(summaryOf(result)).to.match(/^okta, 2 users: \d+ requests \(GET \d+, .*\), 0 faults$/m);
    expect(summaryOf(result))
      .to.match(/median/)
      .and.contain('left at the service provider: /Groups/');
  });
});

onBothEngines('A simulated identity provider notices', (engine) => {
  if (engine.name !== 'sqlite') return;
  let host: ScimHost;
  let provider: BrokenProvider;
  before(async () => {
    host = await openHost(engine);
    provider = await startBrokenProvider(`${host.url}/scim/v2`);
  });
  after(async () => {
    await provider.close();
    await host.close();
  });

  const stumbles = async (code: string, spoil: Spoil): Promise<SimulationResult> => {
    provider.spoil(spoil);
    const { base } = provider;
    return play({ idp: named(code), base, token: host.token, users: 2, keep: false, progress: silent });
  };

  const manager = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const faults: readonly (readonly [code: string, what: string, spoil: Spoil, problem: RegExp])[] = [
    [
      'okta',
      'a reactivation that does nothing',
      operations((one) => (JSON.stringify(one).includes('"active":true') ? { op: 'replace', value: {} } : one)),
      /active must be true/,
    ],
    [
      'okta',
      'a 201 without a body',
      answers(
        ({ method }, { status }) => method === 'POST' && status === 201,
        (answered) => ({ ...answered, body: '' }),
      ),
      /body with an id/,
    ],
    [
      'entra',
      'a manager that is a text',
      bodies(
        ({ path }, { body }) => path.startsWith('/Users/') && body.includes('"manager"'),
        (json) => ({ ...json, [manager]: { department: 'Marketing', manager: 'x' } }),
      ),
      /manager must be an object/,
    ],
    ['entra', '404 for a look-up', answers(isList, (answered) => ({ ...answered, status: 404 })), /200 was expected/],
    [
      'entra',
      'another media type',
      answers(
        () => true,
        (answered) => ({ ...answered, headers: { ...answered.headers, 'content-type': 'application/json' } }),
      ),
      /Content-Type application\/scim\+json/,
    ],
    [
      'jumpcloud',
      'a removal that removes nobody',
      operations((one) => (one.op === 'remove' ? { ...one, value: [] } : one)),
      /who was removed must not be a member|must have 0 members/,
    ],
    ['generic', 'an ignored filter', without('filter'), /somebody else was found|made-up name must find nobody/],
  ];
  for (const [code, what, spoil, problem] of faults)
    it(`${what} (${code})`, async () => {
      await host.scim.create({ userName: `a stranger for ${what}` });
      const { faults: found } = await stumbles(code, spoil);
      expect(found.map((fault) => fault.problem).join('\n')).to.match(problem);
      for (const { step, request } of found) expect(step && request).to.match(/\S/);
      provider.spoil();
      const { json } = await host.scim.get('/Users');
      for (const { id } of json.Resources as unknown as { id: string }[]) await host.scim.delete(id);
    });
});
