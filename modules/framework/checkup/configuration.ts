import type { Declared } from '../boot/inventory.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/error.ts';
import { readOverrides } from '../config/overrides.ts';
import type { ConfigScope, ConfigSection } from '../config/section.ts';
import type { ConfigScopes } from '../config/storage.ts';
import type { Finding } from './checkup.ts';

/** What stored values and `CONFIG__…` variables are judged by. */
export interface Configured {
  readonly config: Config;
  readonly sections: ReadonlyMap<string, Declared<ConfigSection>>;
  readonly scopes: ConfigScopes;
  readonly variables: Readonly<Record<string, string>>;
}

/** Values that nobody can read, and variables that nobody reads. Values themselves are not repeated. */
export async function configurationFindings(configured: Configured): Promise<readonly Finding[]> {
  return [...variableFindings(configured), ...(await valueFindings(configured))];
}

function variableFindings({ sections, scopes, variables }: Configured): readonly Finding[] {
  const { values, unknown } = readOverrides(sections, variables);
  const known = new Set([
    'default',
    ...scopes.websites.map(({ code }) => `websites/${code.toLowerCase()}`),
    ...scopes.stores.map(({ code }) => `stores/${code.toLowerCase()}`),
  ]);
  const astray = [...values].filter(([key]) => !known.has(key.split('/').slice(0, -3).join('/')));
  const ignored = (variable: string, because: string): Finding => ({
    severity: 'warning',
    title: 'A variable without effect',
    found: `${variable} ${because}.`,
    cure: 'Correct its name (config:show lists the fields), or unset it.',
  });
  return [
    ...unknown.map((variable) => ignored(variable, 'names no field of an enabled module')),
    ...astray.map(([, { variable }]) => ignored(variable, 'names a website or store that does not exist')),
  ];
}

async function valueFindings({ config, sections, scopes }: Configured): Promise<readonly Finding[]> {
  const everywhere: readonly (readonly [string, ConfigScope])[] = [
    ['default', 'default'],
    ...scopes.websites.map(({ id, code }) => [`website ${code}`, { website: id }] as const),
    ...scopes.stores.map(({ id, code }) => [`store ${code}`, { store: id }] as const),
  ];
  const findings: Finding[] = [];
  for (const { item } of sections.values()) {
    for (const name of Object.keys(item.fields)) {
      const path = `${item.path}/${name}`;
      for (const [where, scope] of everywhere) {
        const code = await failureOf(() => config.entry(path, scope));
        if (code === undefined) continue;
        findings.push({
          severity: 'error',
          title: code === 'CONFIG_UNREADABLE' ? 'A secret that cannot be decrypted' : 'A value that does not fit',
          found: `${path} (${where}) has a stored value that can't be used [${code}]; what needs it fails.`,
          cure: `Look at it with config:show ${path} and set it anew with config:set ${path}.`,
        });
        break; // narrower scopes inherit it
      }
    }
  }
  return findings;
}

async function failureOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.code;
    throw error;
  }
}
