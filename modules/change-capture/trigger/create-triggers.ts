import type { Catalogue, Database } from '../../framework/index.ts';
import { captureError } from '../capture-error.ts';
import type { CaptureTriggers, TriggerStatus } from './capture-triggers.ts';
import { type CaptureTrigger, captureTriggers, triggerNames } from './definitions.ts';

interface Compared {
  readonly wanted: readonly CaptureTrigger[];
  readonly found: readonly TriggerStatus[];
}

const lacking = ({ found }: Compared): number => found.filter(({ state }) => state !== 'installed').length;

/** The service behind the token `CaptureTriggers`. */
export function createTriggers({
  catalogue,
  database,
}: {
  readonly catalogue: Catalogue;
  readonly database: Database;
}): CaptureTriggers {
  async function compared(): Promise<Compared> {
    const wanted = await captureTriggers(catalogue, database.dialect);
    const present = new Map((await catalogue.triggers(triggerNames)).map(({ name, text }) => [name, text]));
    const found: TriggerStatus[] = wanted.map(({ trigger: { name, table }, mark }) => {
      const text = present.get(name);
      present.delete(name);
      return { name, table, state: text === undefined ? 'missing' : text.includes(mark) ? 'installed' : 'outdated' };
    });
    for (const name of present.keys()) found.push({ name, table: '', state: 'leftover' });
    return { wanted, found };
  }

  async function redefine(change: Parameters<Catalogue['redefine']>[0]): Promise<void> {
    try {
      await catalogue.redefine(change);
    } catch (error) {
      throw captureError(error);
    }
  }

  async function make({ wanted, found }: Compared): Promise<void> {
    const named = (state: TriggerStatus['state']) =>
      new Set(found.filter((each) => each.state === state).map(({ name }) => name));
    const [missing, outdated] = [named('missing'), named('outdated')];
    await redefine({
      drop: [...named('leftover'), ...outdated],
      create: wanted.filter(({ trigger: { name } }) => missing.has(name) || outdated.has(name)),
    });
  }

  return {
    status: async () => (await compared()).found,
    async install() {
      const first = await compared();
      for (let left = first; lacking(left) > 0; ) {
        try {
          await make(left);
          break;
        } catch (error) {
          // Another process may make them at this moment; then there is less to do with every try.
          const now = await compared();
          if (lacking(now) >= lacking(left)) throw error;
          left = now;
        }
      }
      return first.found;
    },
    async remove() {
      const present = await catalogue.triggers(triggerNames);
      await redefine({ drop: present.map(({ name }) => name), create: [] });
      return present.length;
    },
  };
}
