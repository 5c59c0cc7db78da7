import { contribute, Database, type Trace, Traces } from '../../framework/index.ts';
import { writeBack, writtenHere } from './written-configuration.ts';

const shown = (value: string | null): string => (value === null ? 'NULL' : JSON.stringify(value.slice(0, 60)));

/** Rows of the configuration that were written here: they become what they were. */
export const configurationTrace = contribute(
  Traces,
  { database: Database },
  ({ database }): Trace => ({
    name: 'store.configuration',
    label: 'rows of the configuration',
    recordedIn: 'vestibule_written_configuration',
    async found() {
      return (await writtenHere(database)).map(({ scope, scopeId, path, was_there, value_before }) => {
        const place = scope === 'default' ? path : `${path} (${scope} ${scopeId})`;
        return was_there === 1 ? `${place}: ${shown(value_before)} again` : place;
      });
    },
    async remove() {
      for (const row of await writtenHere(database)) await database.transaction((tx) => writeBack(tx, row));
    },
  }),
);
