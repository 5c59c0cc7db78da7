import { connect } from '../../../../modules/framework/database/connect.ts';
import { migrate } from '../../../../modules/framework/database/migration/migrator.ts';

// A process of its own: migrates and says how many steps it ran.
const database = await connect({ url: process.argv[2] ?? '' });
const ran = await migrate(database, [{ name: 'late', migrations: new URL('./fixtures/late/', import.meta.url) }]);
await database.close();
process.stdout.write(String(ran.length));
