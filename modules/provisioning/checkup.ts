import { Connections } from '../connection/index.ts';
import { Checkups, contribute, Database, type Finding, Gauges, sql } from '../framework/index.ts';
import { SearchForms } from './search-forms/search-forms.ts';

/** Users are not counted further where no run has begun. */
const most = 10_000;

export const provisioningOperations = [
  contribute(
    Checkups,
    { database: Database, connections: Connections, forms: SearchForms },
    ({ database, connections, forms }) => ({
      name: 'provisioning.search',
      async look() {
        const findings: Finding[] = [];
        for (const connection of await connections.list(database)) {
          const { finished, done, total } = await forms.progress(database, connection, most);
          if (finished) continue;
          findings.push({
            severity: 'warning',
            title: 'Searches lag behind the mapping',
            found: `Of the users of the connection ${connection.code}, ${done} of ${total} are looked at; filters and sorts may see the others by an older mapping.`,
            cure: 'A running server does the rest by itself; without one, run search:settle.',
          });
        }
        return findings;
      },
    }),
  ),
  contribute(Gauges, { database: Database }, ({ database }) => ({
    name: 'vestibule_guard_holds',
    help: 'Mass changes that the guard holds until an administrator decides',
    async read() {
      const row = await database.first<{ number: number }>(
        sql`SELECT COUNT(*) AS number FROM {vestibule_guard_hold} WHERE open_connection_id IS NOT NULL`,
      );
      return row?.number ?? 0;
    },
  })),
];
