import { type Command, command } from './command.ts';
import type { CliContext } from './context.ts';
import { CommandError } from './context.ts';

/** `plugin:list` and `event:list`: what changes a service, and who listens. */
export function inspectionCommands(context: CliContext): readonly Command[] {
  return [
    command('plugin:list', {
      describe: 'Show the plugins of each method in the order of their effect',
      options: {
        service: {
          type: 'string',
          position: 0,
          describe: 'such as UserMapping or UserMapping.toCustomer; all when left out',
        },
      },
      async run({ service }) {
        const host = await context.boot();
        const described = host.describePlugins(service);
        if (service !== undefined && described.length === 0) {
          const known = [...host.inventory.providers.keys()].some((id) => names(service, id));
          if (!known)
            throw new CommandError(`No service is called "${service}". Leave it out to see all that have plugins.`);
        }
        return described;
      },
      print: (methods) =>
        methods.length === 0
          ? 'No plugin changes it.'
          : methods
              .map(({ service, method, plugins, calls }) =>
                [
                  `${service}.${method}`,
                  ...plugins.map(
                    ({ id, module, sortOrder, advises }) =>
                      `  ${String(sortOrder ?? '-').padStart(6)}  ${id}  (${module}: ${advises.join(', ')})`,
                  ),
                  `  runs: ${calls.join(' ')}`,
                ].join('\n'),
              )
              .join('\n\n'),
    }),
    command('event:list', {
      describe: 'Show the observed events and who observes them, in order',
      async run() {
        const host = await context.boot([]);
        return [...host.inventory.observers].map(([event, observers]) => ({
          event,
          observers: observers.map(({ module, item }) => ({ id: item.id, module, when: item.when })),
        }));
      },
      print: (events) =>
        events.length === 0
          ? 'Nobody observes anything.'
          : events
              .map(({ event, observers }) =>
                [event, ...observers.map(({ id, module, when }) => `  ${id}  (${module}, ${when})`)].join('\n'),
              )
              .join('\n'),
    }),
  ];
}

function names(asked: string, id: string): boolean {
  const short = id.slice(id.indexOf('.') + 1);
  return [id, short].some((name) => asked === name || asked.startsWith(`${name}.`));
}
