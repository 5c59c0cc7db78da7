import { connect } from '../../modules/framework/index.ts';
import type { TestEngine } from '../setup/databases.ts';
import { openMailRoom } from './room.tsx';

/**
 * A process that sends what is due, and is killed when the server has taken the first mail and it is about to write that
 * down (`marking`), or by somebody else. `node … killed-process.ts <database url> <now, milliseconds> <marking|elsewhere>`
 */
const [url = '', now = '', when = ''] = process.argv.slice(2);
const database = await connect({ url });
const engine: TestEngine = { name: 'sqlite', open: () => Promise.reject(new Error('the database is given')) };
if (when === 'marking')
  database.observe((text) => {
    if (/^\s*UPDATE\s+\S*vestibule_mail\S*\s+SET state = \?/.test(text)) process.kill(process.pid, 'SIGKILL');
  });
const opened = { url, database, dispose: () => database.close() };
const room = await openMailRoom(engine, { opened, time: { now: Number(now) } });
await room.look();
