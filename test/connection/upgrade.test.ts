import { expect } from 'chai';
import { type ConnectionPolicy, openPolicy } from '../../modules/connection/index.ts';
import { migrate, raw, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ConnectionRoom, openRoom } from './room.ts';

const added = {
  vestibule_connection: [
    ...['scim_enabled', 'new_customers', 'may_create', 'may_update', 'may_delete', 'may_deactivate'],
    ...['allowed_addresses', 'requests_per_second', 'policies'],
  ],
  vestibule_connection_token: ['scopes', 'allowed_addresses', 'replaced_by', 'expired_before', 'warned_days'],
};

onBothEngines('An installation that is older than policies', (engine) => {
  let room: ConnectionRoom;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());

  it('is upgraded with everything on, and its tokens may do everything', async () => {
    const connection = await room.connect('old');
    const text = await room.issue(connection);
    for (const [table, columns] of Object.entries(added))
      for (const column of columns)
        await room.database.run(sql`ALTER TABLE ${raw(`{${table}}`)} DROP COLUMN ${raw(column)}`);
    await room.database.run(
      sql`DELETE FROM {vestibule_migration} WHERE module = 'connection' AND name IN ('0003-policies', '0004-token-rights', '0005-more-policies')`,
    );
    const folder = new URL('../../modules/connection/migrations/', import.meta.url);
    await migrate(room.database, [{ name: 'connection', migrations: folder }]);
    room.advance(5_000);
    const policy: ConnectionPolicy | undefined = (await room.opens(text))?.policy;
    expect(policy).to.deep.equal(openPolicy);
    const [token] = await room.tokens.list(room.database, connection.id);
    expect(token?.scopes).to.have.length(4);
    expect(token).to.deep.include({ addresses: [], replacedBy: null, expiredBefore: null });
  });
});
