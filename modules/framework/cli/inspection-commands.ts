import { eventsOf } from '../host/public-events.ts';
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
        const { plugins, providers } = (await context.boot([])).inventory;
        // Only what has plugins is made, so that this works without tables.
        const advised = [...plugins.values()].flatMap(([first]) => first?.item.target ?? []);
        const described = (await context.boot(advised)).describePlugins(service);
        if (service !== undefined && described.length === 0) {
          const known = [...providers.keys()].some((id) => names(service, id));
          if (!known)
            throw new CommandError(`No service is called "${service}". Leave it out to see all that have plugins.`);
        }
        return described;
      },
      print: (methods, { service }) =>
        methods.length === 0
          ? `No plugin changes ${service === undefined ? 'anything' : 'it'}.`
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
      describe: 'Show the events of the enabled modules, and who observes them, in order',
      async run() {
        const { inventory } = await context.boot([]);
        const observed = [...inventory.observers].map(([id, observers]) => ({
          event: id,
          observers: observers.map(({ module, item }) => ({ id: item.id, module, when: item.when })),
        }));
        const told = new Set(observed.map(({ event }) => event));
        const others = (await eventsOf(context.installation)).filter((id) => !told.has(id));
        return [...observed, ...others.map((event) => ({ event, observers: [] }))].sort((a, b) =>
          a.event < b.event ? -1 : 1,
        );
      },
      print: (events) =>
        events
          .map(({ event, observers }) =>
            [
              observers.length === 0 ? `${event}  (observed by nobody)` : event,
              ...observers.map(({ id, module, when }) => `  ${id}  (${module}, ${when})`),
            ].join('\n'),
          )
          .join('\n') || 'There are no events.',
    }),
  ];
}

function names(asked: string, id: string): boolean {
  const short = id.slice(id.indexOf('.') + 1);
  return [id, short].some((name) => asked === name || asked.startsWith(`${name}.`));
}
