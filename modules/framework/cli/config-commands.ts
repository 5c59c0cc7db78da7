import { setByCommand } from '../config/commanded.ts';
import { Config, type ConfigEntry } from '../config/config.ts';
import { ConfigError } from '../config/error.ts';
import type { ConfigScope } from '../config/section.ts';
import { formatValue } from '../config/value.ts';
import { Database } from '../database/executor.ts';
import { Events } from '../module/event.ts';
import { type Command, command } from './command.ts';
import { type CliContext, UsageError } from './context.ts';

const scopeOptions = {
  scope: {
    type: 'string',
    describe: 'default, website or store',
    default: 'default',
    choices: ['default', 'website', 'websites', 'store', 'stores'],
  },
  scopeCode: { type: 'string', describe: 'code of the website or store' },
} as const;

const HIDDEN = '******';

interface Shown {
  readonly path: string;
  /** null where it cannot be read. */
  readonly value: string | null;
  readonly origin: string | null;
  readonly error?: string;
}

/** `config:show` and `config:set`. */
export function configCommands(context: CliContext): readonly Command[] {
  return [
    command('config:show', {
      describe: 'Show configuration as it takes effect; secrets are hidden',
      options: {
        path: {
          type: 'string',
          position: 0,
          describe: 'section, section/group or section/group/field; all when left out',
        },
        ...scopeOptions,
        origin: { type: 'boolean', describe: 'say where each value comes from' },
      },
      async run(options) {
        requireCode(options);
        const config = (await context.boot([Config])).resolve(Config);
        const scope = await config.scopeNamed(options.scope, options.scopeCode);
        const all = config
          .sections()
          .flatMap(({ path, fields }) => Object.keys(fields).map((name) => `${path}/${name}`));
        const asked = options.path ?? '';
        if (asked.split('/').length === 3) {
          return [shown(await config.entry(asked, scope))];
        }
        const paths = all.filter((path) => asked === '' || path.startsWith(`${asked}/`)).sort();
        if (paths.length === 0 && asked !== '') {
          throw new ConfigError('CONFIG_UNKNOWN', asked, 'no enabled module declares a field there.');
        }
        const fields: Shown[] = [];
        for (const path of paths) fields.push(await tryShow(config, path, scope));
        return fields;
      },
      print: (fields, { path = '', origin }) =>
        fields
          .map((field) => {
            const value = field.error ?? field.value ?? '';
            return `${path === fields[0]?.path ? value : `${field.path} = ${value}`}${origin ? `  (${field.origin ?? 'unreadable'})` : ''}`;
          })
          .join('\n'),
    }),
    command('config:set', {
      describe: 'Set a configuration field',
      options: {
        path: { type: 'string', position: 0, required: true, describe: 'section/group/field' },
        value: { type: 'string', position: 1, describe: 'its value; lists as a,b and maps as JSON' },
        ...scopeOptions,
        useDefault: { type: 'boolean', describe: 'delete the value of this scope, so that it inherits again' },
      },
      async run(options) {
        if ((options.value === undefined) !== (options.useDefault === true)) {
          throw new UsageError('Give a value, or --use-default, not both.');
        }
        const { path, value: text, scope: level, scopeCode } = options;
        requireCode(options);
        const host = await context.boot([Config, Database, Events]);
        const [config, database, events] = [host.resolve(Config), host.resolve(Database), host.resolve(Events)];
        const scope = await config.scopeNamed(level, scopeCode);
        const scopeName = scope === 'default' ? 'default' : `${level.replace(/s$/, '')}:${scopeCode}`;
        await setByCommand({ config, database, events }, { path, text, scope, scopeName });
        return shown(await config.entry(path, scope));
      },
      print: ({ path, value, origin }) =>
        origin === 'environment'
          ? `Stored; but an environment variable sets ${path}, so it stays ${value}.`
          : `${path} = ${value}  (${origin})`,
    }),
  ];
}

/** @throws UsageError before anything is opened */
function requireCode({ scope, scopeCode }: { scope: string; scopeCode?: string }): void {
  if (scope !== 'default' && scopeCode === undefined) throw new UsageError(`--scope ${scope} needs --scope-code.`);
}

function shown({ path, field, value, origin }: ConfigEntry): Shown {
  return { path, value: field.type === 'secret' && value !== '' ? HIDDEN : formatValue(value), origin };
}

async function tryShow(config: Config, path: string, scope: ConfigScope): Promise<Shown> {
  try {
    return shown(await config.entry(path, scope));
  } catch (error) {
    if (error instanceof ConfigError) return { path, value: null, origin: null, error: error.message };
    throw error;
  }
}
