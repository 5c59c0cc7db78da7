import { BootError, type Problem } from '../boot/problem.ts';
import { orderModules } from '../boot/sequence.ts';
import { loadEach } from '../host/load-each.ts';
import { type Command, command } from './command.ts';
import { type CliContext, CommandError } from './context.ts';

const names = { type: 'string', position: 0, many: true, required: true, describe: 'names of modules' } as const;

/** `module:status`, `module:enable`, `module:disable`, `module:graph`. They work where a boot fails. */
export function moduleCommands({ installation }: CliContext): readonly Command[] {
  async function checkKnown(asked: readonly string[]): Promise<void> {
    const available = await installation.available();
    const unknown = asked.filter((name) => !available.has(name));
    if (unknown.length === 0) return;
    throw new CommandError(`There is no module ${unknown.join(', ')}. Known are ${[...available.keys()].join(', ')}.`);
  }

  return [
    command('module:status', {
      describe: 'Show which modules are enabled',
      async run() {
        const [available, enabled] = await Promise.all([installation.available(), installation.enabled()]);
        return {
          enabled,
          disabled: [...available.keys()].filter((name) => !enabled.includes(name)),
          missing: enabled.filter((name) => !available.has(name)),
        };
      },
      print: ({ enabled, disabled, missing }) =>
        [
          `Enabled:\n${list(enabled)}`,
          `Disabled:\n${list(disabled)}`,
          ...(missing.length > 0 ? [`Enabled and not installed:\n${list(missing)}`] : []),
        ].join('\n'),
    }),
    command('module:enable', {
      describe: 'Switch modules on in config/modules.json, for the next start',
      options: { modules: names },
      async run({ modules }) {
        await checkKnown(modules);
        const enabled = await installation.enabled();
        const problems: Problem[] = [];
        const manifests = await installation.load([...new Set([...enabled, ...modules])]);
        orderModules(manifests, (problem) => problems.push(problem));
        if (problems.length > 0) throw new BootError(problems);
        const changed = modules.filter((name) => !enabled.includes(name));
        await installation.switch(changed, true);
        return { enabled: changed };
      },
      print: ({ enabled }) =>
        enabled.length === 0
          ? 'They were enabled already.'
          : `Enabled: ${enabled.join(', ')}. Run setup:upgrade and start the host anew.`,
    }),
    command('module:disable', {
      describe: 'Switch modules off in config/modules.json, for the next start; their data stays',
      options: { modules: names },
      async run({ modules }) {
        const enabled = await installation.enabled();
        const changed = modules.filter((name) => enabled.includes(name));
        // One that is enabled and not installed may always be switched off: that is the cure.
        await checkKnown(modules.filter((name) => !enabled.includes(name)));
        const available = await installation.available();
        const staying = enabled.filter((name) => !modules.includes(name) && available.has(name));
        // One that cannot be loaded keeps nobody: it needs module:disable itself.
        const { loaded } = await loadEach(installation, changed.length > 0 ? staying : []);
        for (const { name, sequence = [] } of loaded) {
          const needed = sequence.filter((wanted) => changed.includes(wanted));
          if (needed.length > 0) {
            throw new CommandError(`"${name}" needs ${needed.join(', ')}. Disable "${name}" as well.`);
          }
        }
        await installation.switch(changed, false);
        return { disabled: changed };
      },
      print: ({ disabled }) =>
        disabled.length === 0
          ? 'They were disabled already.'
          : `Disabled: ${disabled.join(', ')}. Start the host anew.`,
    }),
    command('module:graph', {
      describe: 'Show the enabled modules in the order of their start, and what each comes after',
      async run() {
        const problems: Problem[] = [];
        const manifests = await installation.load(await installation.enabled());
        const ordered = orderModules(manifests, (problem) => problems.push(problem));
        if (problems.length > 0) throw new BootError(problems);
        return ordered.map(({ name, version, sequence = [], optional = [] }) => ({
          name,
          version,
          sequence,
          optional,
        }));
      },
      print: (modules) =>
        modules
          .map(({ name, version, sequence, optional }) => {
            const after = [...sequence, ...optional.map((soft) => `${soft} (if enabled)`)];
            return `${name} ${version}${after.length > 0 ? `  ← ${after.join(', ')}` : ''}`;
          })
          .join('\n'),
    }),
  ];
}

const list = (items: readonly string[]): string => items.map((item) => `  ${item}`).join('\n') || '  none';
