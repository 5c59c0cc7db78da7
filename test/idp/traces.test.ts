import type { Profile } from '../../modules/connection/index.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { recordedTraces } from './recorded.ts';
import { replay } from './replay.ts';

onBothEngines('A recorded identity provider', (engine) => {
  let host: ScimHost;
  const tokens = new Map<Profile, string>();

  before(async () => {
    host = await openHost(engine);
    for (const profile of new Set(recordedTraces.map((trace) => trace.profile)))
      tokens.set(profile, (await host.connect(profile, { profile })).token);
  });
  after(() => host.close());

  for (const { trace, profile } of recordedTraces)
    it(`is content, on a connection of the profile ${profile}: ${trace.idp}, ${trace.scenario}`, () =>
      replay(trace, `${host.url}/scim/v2`, tokens.get(profile) ?? ''));
});
