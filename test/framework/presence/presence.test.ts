import { expect } from 'chai';
import {
  createTestHost,
  Events,
  observe,
  ProcessEnded,
  silentLogger,
  sql,
  systemClock,
  type TestHost,
} from '../../../modules/framework/index.ts';
import { createPresence } from '../../../modules/framework/presence/create-presence.ts';
import { processName } from '../../../modules/framework/presence/process-name.ts';
import { type OpenedDatabase, onBothEngines } from '../../setup/databases.ts';
import { room } from '../kernel.ts';

onBothEngines('Presence', (engine) => {
  let opened: OpenedDatabase;
  let host: TestHost;
  const told: string[] = [];
  let fails = false;
  before(async () => {
    opened = await engine.open();
    const ears = room('ears', {
      observers: [
        observe(ProcessEnded, {
          id: 'ears.ended',
          when: 'transaction',
          handle({ process }) {
            if (fails) throw new Error('no');
            told.push(process);
          },
        }),
      ],
    });
    host = await createTestHost({ modules: [ears], database: opened.database });
  });
  after(async () => {
    await host.close();
    await opened.dispose();
  });

  const presence = (ended: (name: string) => boolean, at = systemClock) =>
    createPresence({
      database: opened.database,
      events: host.resolve(Events),
      clock: at,
      logger: silentLogger,
      ended,
    });
  const noted = async () =>
    (await opened.database.all<{ name: string }>(sql`SELECT name FROM {vestibule_process} ORDER BY name`)).map(
      ({ name }) => name,
    );
  const note = (name: string) =>
    opened.database.run(sql`INSERT INTO {vestibule_process} (name, started_ms, seen_ms) VALUES (${name}, 1, 1)`);

  it('tells rooms once of a process that has ended, whoever sees it, and goes on with the others', async () => {
    await note('here.dead.1');
    await note('here.living.1');
    const [one, two] = [presence((name) => name === 'here.dead.1'), presence((name) => name === 'here.dead.1')];
    const counts = await Promise.all([one.look(), two.look()]);
    expect(counts.sort()).to.deep.equal([0, 1]);
    expect(told.splice(0)).to.deep.equal(['here.dead.1']);
    expect(await noted()).to.deep.equal(['here.living.1']);
  });

  it('forgets it only where every room was told', async () => {
    const one = presence((name) => name === 'here.living.1');
    fails = true;
    expect(await one.look().catch((error: Error) => error.message)).to.equal('no');
    fails = false;
    expect(await noted()).to.deep.equal(['here.living.1']);
    expect(await one.look()).to.equal(1);
    expect(told.splice(0)).to.deep.equal(['here.living.1']);
  });

  it('is noted from the start of a server to its end', async () => {
    const one = presence(() => false);
    await one.start();
    expect(await noted()).to.deep.equal([processName]);
    await one.stop();
    expect(await noted()).to.deep.equal([]);
  });
});
