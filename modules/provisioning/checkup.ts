import { MappingVersions } from '../attribute-mapping/index.ts';
import { type Connection, Connections } from '../connection/index.ts';
import { Checkups, Clock, contribute, Database, type Finding, Gauges, sql } from '../framework/index.ts';
import { SearchForms } from './search-forms/search-forms.ts';

/** Users are not counted further where no run has begun. */
const most = 10_000;

/** A server begins within half a minute of a publication, and a batch takes seconds: nothing for longer than this is a fault. */
const stillFor = 120_000;

const asTime = (timestamp: string | null | undefined): number =>
  timestamp ? Date.parse(`${timestamp.replace(' ', 'T')}Z`) : 0;

export const provisioningOperations = [
  contribute(
    Checkups,
    { database: Database, connections: Connections, versions: MappingVersions, forms: SearchForms, clock: Clock },
    ({ database, connections, versions, forms, clock }) => {
      /** Whether nobody is at what a running server does by itself. */
      async function standsStill(connection: Connection): Promise<boolean> {
        const { publishedAt } = await versions.inEffect(database, connection);
        const sign = Math.max(asTime(publishedAt), asTime(await forms.movedAt(database, connection)));
        return clock.now().getTime() - sign > stillFor;
      }

      return {
        name: 'provisioning.search',
        async look() {
          const findings: Finding[] = [];
          for (const connection of await connections.list(database)) {
            const { finished, done, total } = await forms.progress(database, connection, most);
            if (finished || !(await standsStill(connection))) continue;
            findings.push({
              severity: 'warning',
              title: 'Searches lag behind the mapping',
              found: `Of the users of the connection ${connection.code}, ${done} of ${total} are looked at, and no server goes on with the others; filters and sorts may see these by an older mapping.`,
              cure: 'Start a server, or run search:settle. If one is running, its log says what keeps it.',
            });
          }
          return findings;
        },
      };
    },
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
