import { expect } from 'chai';
import { Regions } from '../../modules/customer/index.ts';
import { makeRegions } from '../../modules/customer/regions.ts';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, openRoom } from './customer-room.ts';

onBothEngines('A region', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine);
    await room.database.run(sql`INSERT INTO {directory_country_region} (region_id, country_id, code, default_name)
      VALUES (9001, 'ZZ', 'ZZ-NO', 'North'), (9002, 'ZZ', 'SO', 'NO'), (9003, 'ZZ', NULL, 'Élan')`);
    await room.database.run(sql`INSERT INTO {directory_country_region_name} (locale, region_id, name)
      VALUES ('en_US', 9001, 'North'), ('de_DE', 9001, 'Norden')`);
  });
  after(() => room.close());
  const resolve = (country: string, text: string | null) => makeRegions(room.database).resolve(country, text);

  for (const [country, text, id] of [
    ['ZZ', 'ZZ-NO', 9001],
    ['ZZ', 'zz-no', 9001],
    ['zz', ' NO ', 9001],
    ['ZZ', 'ZZ-SO', 9002],
    ['ZZ', 'north', 9001],
    ['ZZ', 'NORDEN', 9001],
    ['ZZ', 'éLAN', 9003],
  ] as const) {
    it(`${JSON.stringify(text)} of ${country} is found`, async () => {
      expect((await resolve(country, text)).regionId).to.equal(id);
    });
  }

  it('is answered by its default name', async () => {
    expect(await resolve('ZZ', 'Norden')).to.deep.equal({ region: 'North', regionId: 9001 });
  });

  it('of the United States is found by code, ISO code and name', async () => {
    const texas = await resolve('US', 'Texas');
    expect(texas.region).to.equal('Texas');
    expect(texas.regionId).to.be.a('number');
    expect(await resolve('US', 'TX')).to.deep.equal(texas);
    expect(await resolve('US', 'us-tx')).to.deep.equal(texas);
  });

  it('that the country does not have stays text', async () => {
    for (const [country, text] of [
      ['US', 'Bayern'],
      ['XX', 'TX'],
      ['', 'TX'],
      ['United States', 'TX'],
      ['US', '__proto__'],
      ['__proto__', 'TX'],
    ] as const) {
      expect(await resolve(country, text)).to.deep.equal({ region: text, regionId: null });
    }
    expect(await resolve('US', ' ')).to.deep.equal({ region: null, regionId: null });
    expect(await resolve('US', null)).to.deep.equal({ region: null, regionId: null });
  });

  it('costs one statement for all countries together', async () => {
    const regions = room.host.resolve(Regions);
    await regions.resolve('DE', 'Berlin');
    room.statements.reset();
    await regions.resolve('US', 'TX');
    await room.transaction((tx) => regions.resolve('FR', 'x', tx));
    expect(room.statements.statements).to.have.length(0);
  });
});
