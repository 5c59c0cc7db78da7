import { type Config, type ConfigEntry, ConfigError, type ConfigSection } from '../../framework/index.ts';
import type { Visit } from '../kit/visit.ts';
import { titleOf } from '../kit/words.ts';
import { below, type ShownScope, settableAt } from './scope.ts';

/** The groups that share the first part of their path, as one page of the configuration shows them. */
export interface ConfigurationPage {
  readonly name: string;
  readonly title: string;
  readonly tab: string;
  readonly groups: readonly ConfigSection[];
}

const tabs = ['general', 'catalog', 'security', 'customers', 'sales', 'services', 'advanced'];
const placeOf = (tab: string): number => (tabs.includes(tab) ? tabs.indexOf(tab) : tabs.length - 1.5);

/** The pages that this administrator may open, in the order of Magento's tabs. */
export function configurationPages(config: Config, visit: Visit): readonly ConfigurationPage[] {
  const pages = new Map<string, ConfigurationPage>();
  for (const group of config.sections().filter(({ acl }) => visit.may(acl))) {
    const name = group.path.split('/')[0] ?? '';
    const known = pages.get(name);
    const page = known ?? { name, title: titleOf(name), tab: group.tab, groups: [] };
    pages.set(name, { ...page, groups: [...page.groups, group] });
  }
  return [...pages.values()].sort((a, b) => placeOf(a.tab) - placeOf(b.tab));
}

/** One field as it stands in a scope. */
export interface ShownField {
  readonly path: string;
  readonly entry: ConfigEntry;
  /** Set exactly here, so that it can be let go. */
  readonly own: boolean;
  /** False where the environment says it, or where the field belongs to a wider scope. */
  readonly settable: boolean;
  /** Scopes below that have a value of their own. */
  readonly overriddenIn: readonly ShownScope[];
  /** Why it can't be read, such as a secret of another key. */
  readonly fault?: string;
}

/** Reads the fields of a group; configuration is held in memory, so that this costs no statement. */
export async function readFields(
  config: Config,
  group: ConfigSection,
  scope: ShownScope,
  all: readonly ShownScope[],
): Promise<readonly ShownField[]> {
  return Promise.all(
    Object.entries(group.fields).map(async ([name, field]): Promise<ShownField> => {
      const path = `${group.path}/${name}`;
      const { entry, fault } = await read(config, path, field, scope);
      const lower = await Promise.all(
        below(scope, all)
          .filter((other) => settableAt(field.scope, other))
          .map(async (other) => ({ other, origin: (await read(config, path, field, other)).entry.origin })),
      );
      return {
        path,
        entry,
        own: entry.origin === scope.origin,
        settable: entry.origin !== 'environment' && settableAt(field.scope, scope),
        overriddenIn: lower.flatMap(({ other, origin }) => (origin === other.origin ? [other] : [])),
        ...(fault ? { fault } : {}),
      };
    }),
  );
}

async function read(
  config: Config,
  path: string,
  field: ConfigEntry['field'],
  { scope, origin }: ShownScope,
): Promise<{ entry: ConfigEntry; fault?: string }> {
  try {
    return { entry: await config.entry(path, scope) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { entry: { path, field, value: field.default, origin }, fault: error.message };
  }
}
