import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { beginLife, randomNumbers } from './life.ts';

onBothEngines('The life of a company', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());

  it('goes on undisturbed on ordinary days, and its disasters are stopped and undone', async function () {
    this.timeout(120_000);
    const [connection] = await host.host.resolve(Connections).list(host.database);
    if (!connection) throw new Error('no connection');
    const random = randomNumbers(20_240_506);
    const life = await beginLife({
      host: host.host,
      database: host.database,
      advance: host.advance,
      connection,
      size: 45,
      random,
    });
    for (let month = 0; month < 4; month++) {
      for (let day = 0; day < 20; day++) await life.day();
      expect(await life.wave()).to.equal(undefined);
    }
    expect(life.falseTrips).to.deep.equal([]);
    expect(life.waves).to.equal(4);
    expect(life.held).to.be.above(20);
    expect(life.requests).to.be.above(400);
  });
});
