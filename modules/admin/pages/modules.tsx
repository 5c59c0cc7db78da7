import { HOST_VERSION, Inventory, installationAt, type ModuleManifest } from '../../framework/index.ts';
import { page } from '../http/page.ts';
import { Badge } from '../kit/badge.tsx';
import { Card } from '../kit/card.tsx';
import { CodeBlock } from '../kit/copy.tsx';
import { Grid, type GridColumn } from '../kit/grid.tsx';
import { gridState } from '../kit/grid-state.ts';
import { screen } from '../kit/screen.ts';
import { counted } from '../kit/words.ts';

/** What a module brings, in words: "3 pages, 2 commands". */
export function broughtBy(module: ModuleManifest): readonly string[] {
  const routes = module.routes ?? [];
  const pages = routes.filter((item) => 'menu' in item).length;
  const fields = (module.config ?? []).reduce((sum, { fields: known }) => sum + Object.keys(known).length, 0);
  const counts: readonly (readonly [number, string])[] = [
    [module.provides?.length ?? 0, 'service'],
    [pages, 'page'],
    [routes.length - pages, 'route'],
    [module.commands?.length ?? 0, 'command'],
    [fields, 'setting'],
    [module.plugins?.length ?? 0, 'plugin'],
    [module.observers?.length ?? 0, 'observer'],
    [module.contributes?.length ?? 0, 'contribution'],
    [Object.keys(module.acl ?? {}).length, 'resource'],
  ];
  return counts.flatMap(([count, name]) => (count > 0 ? [counted(count, name)] : []));
}

interface Row {
  readonly position: number;
  readonly module: ModuleManifest;
}

const columns: readonly GridColumn<Row>[] = [
  { key: 'position', label: '#', align: 'end', cell: ({ position }) => position },
  { key: 'name', label: 'Module', cell: ({ module }) => <a href={`/admin/modules/${module.name}`}>{module.name}</a> },
  { key: 'version', label: 'Version', cell: ({ module }) => module.version },
  { key: 'host', label: 'For Host', optional: true, cell: ({ module }) => module.host ?? 'any' },
  {
    key: 'after',
    label: 'Comes after',
    cell: ({ module }) => {
      const names = [...(module.sequence ?? []), ...(module.optional ?? [])];
      return names.length > 0 ? names.join(', ') : <span class="muted">–</span>;
    },
  },
  { key: 'brings', label: 'Brings', cell: ({ module }) => broughtBy(module).join(', ') || '–' },
];

/** The modules that run, in their order, and those that could. */
export const modulesPage = page('/admin/modules', {
  acl: 'admin::modules',
  menu: { label: 'Modules', sortOrder: 60, icon: 'blocks' },
  inject: { inventory: Inventory },
  async view(visit, { inventory }) {
    const running = new Set(inventory.modules.map(({ name }) => name));
    const { idle, waiting } = await others(running);
    return screen({
      title: 'Modules',
      lead: `Vestibule ${HOST_VERSION}, Node ${process.versions.node}, ${counted(running.size, 'module')} running. They start in this order.`,
      body: (
        <>
          <Grid
            id="modules"
            label="Modules"
            columns={columns}
            rows={inventory.modules.map((module, at) => ({ position: at + 1, module }))}
            rowKey={({ module }) => module.name}
            state={gridState(visit.query, { sorts: ['position'] })}
          />
          {waiting.length > 0 && (
            <Card title="After the next start">
              <p>
                config/modules.json was changed since this host started: {waiting.join(', ')}{' '}
                {waiting.length === 1 ? 'joins' : 'join'} with the next start.
              </p>
            </Card>
          )}
          {idle.length > 0 && (
            <Card title="Installed, switched off" aside={<Badge>{idle.length}</Badge>}>
              <p>{idle.join(', ')}</p>
              <CodeBlock id="enable" label="Command that switches a module on">
                {`npm run -s cli -- module:enable ${idle[0]}`}
              </CodeBlock>
              <p class="muted">Modules are switched on and off on the machine itself.</p>
            </Card>
          )}
        </>
      ),
    });
  },
});

/** Modules that are installed and don't run: switched off, or switched on since the start. */
async function others(running: ReadonlySet<string>): Promise<{ idle: readonly string[]; waiting: readonly string[] }> {
  const installation = installationAt(new URL('../../../server.js', import.meta.url).href);
  try {
    const [available, enabled] = await Promise.all([installation.available(), installation.enabled()]);
    const resting = [...available.keys()].filter((name) => !running.has(name));
    return {
      idle: resting.filter((name) => !enabled.includes(name)),
      waiting: resting.filter((name) => enabled.includes(name)),
    };
  } catch {
    return { idle: [], waiting: [] }; // an installation without a file to read tells what runs, which is the main thing
  }
}
