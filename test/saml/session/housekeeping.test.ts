import { expect } from 'chai';
import { Logger } from '../../../modules/framework/index.ts';
import { createHousekeeping, type Housekeeping } from '../../../modules/saml/session/housekeeping.ts';
import { SamlSessions } from '../../../modules/saml/session/session.ts';
import { TestLogins } from '../../../modules/saml/test-login/test-login.ts';
import { sqlite } from '../../setup/databases.ts';
import { openSamlRoom, type SamlRoom } from '../provider/saml-room.ts';

describe('The housekeeping of SAML', () => {
  let room: SamlRoom;
  before(async () => {
    room = await openSamlRoom(sqlite);
  });
  after(() => room.close());

  it('is due every ten minutes at most, and fails for nobody', async () => {
    let sweeps = 0;
    const sessions = {
      ...room.host.resolve(SamlSessions),
      async purge() {
        sweeps++;
        throw new Error('the database is away');
      },
    };
    const parts = { database: room.database, tests: room.host.resolve(TestLogins), logger: room.host.resolve(Logger) };
    const housekeeping: Housekeeping = createHousekeeping({ ...parts, sessions });
    const start = room.now().getTime();
    for (const minute of [0, 5, 9.9, 10, 10.1, 19, 20]) housekeeping.due(new Date(start + minute * 60_000));
    expect(sweeps).to.equal(2);
  });
});
