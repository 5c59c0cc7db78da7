import { expect } from 'chai';
import { areasNamed, runSuite, type Verdict } from '../../modules/conformance/index.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type BrokenProvider, startBrokenProvider } from './broken-provider.ts';
import { changingFaults } from './faults/changing.ts';
import { creatingFaults } from './faults/creating.ts';
import type { Fault } from './faults/fault.ts';
import { findingFaults } from './faults/finding.ts';
import { speakingFaults } from './faults/speaking.ts';

/** All of them take a minute; `npm test` tries every fifth, `npm run campaign -- properties` every one. */
const faults: readonly Fault[] = [...creatingFaults, ...findingFaults, ...changingFaults, ...speakingFaults].filter(
  (_, index) => process.env.RUNS_FACTOR !== undefined || index % 5 === 0,
);

onBothEngines('The conformance suite notices a service provider that', (engine) => {
  // What is wrong stands between the suite and the database.
  if (engine.name !== 'sqlite') return;
  let host: ScimHost;
  let provider: BrokenProvider;
  before(async () => {
    host = await openHost(engine);
    provider = await startBrokenProvider(`${host.url}/scim/v2`);
  });
  after(async () => {
    await provider?.close();
    await host?.close();
  });

  const failedIn = async (areas: readonly string[]): Promise<Verdict[]> => {
    const target = { base: provider.base, token: host.token };
    const { verdicts } = await runSuite({ areas: areasNamed(areas), target });
    return verdicts.filter(({ outcome }) => outcome === 'fail');
  };
  let clean: Promise<ReadonlySet<string>> | undefined;
  const failedAnyway = () => {
    clean ??= failedIn([]).then((failed) => new Set(failed.map(({ id }) => id)));
    return clean;
  };

  for (const { name, areas, breaks, spoil } of faults)
    it(name, async function () {
      this.timeout(60_000);
      provider.spoil();
      const anyway = await failedAnyway();
      expect(
        breaks.filter((id) => anyway.has(id)),
        'failed though nothing is broken',
      ).to.deep.equal([]);
      provider.spoil(spoil);
      const failed = await failedIn(areas);
      expect(failed.map(({ id }) => id)).to.include.members(breaks);
      for (const { reason } of failed) expect(reason).to.be.a('string').that.is.not.equal('');
    });
});
