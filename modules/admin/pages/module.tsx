import { readdir } from 'node:fs/promises';
import type { ComponentChildren } from 'preact';
import { HttpError, Inventory, type ModuleManifest, type Route } from '../../framework/index.ts';
import { isAdminPage, page } from '../http/page.ts';
import { Card } from '../kit/card.tsx';
import { DefinitionList } from '../kit/definition-list.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { counted, titleOf } from '../kit/words.ts';

const join = (parts: readonly ComponentChildren[]) =>
  parts.map((part, at) => (
    <span key={at}>
      {at > 0 && ', '}
      {part}
    </span>
  ));

const link = (name: string) => <a href={`/admin/modules/${name}`}>{name}</a>;

/** A module by name, as far as it runs. @throws HttpError 404 */
function named({ modules }: Inventory, name: string | undefined): ModuleManifest {
  const found = modules.find((module) => module.name === name);
  if (found) return found;
  throw new HttpError(404, 'NOT_FOUND', 'No module of this name is running; the list of modules shows those that are.');
}

/** The modules beside it: which it needs, which come first if they are there, which need it. */
function neighbours({ modules }: Inventory, { name, sequence = [], optional = [] }: ModuleManifest) {
  const running = new Set(modules.map((other) => other.name));
  const linked = (names: readonly string[]) =>
    names.length === 0 ? '' : join(names.map((other) => (running.has(other) ? link(other) : `${other} (not running)`)));
  const askers = modules.filter((other) => [...(other.sequence ?? []), ...(other.optional ?? [])].includes(name));
  return [
    ['Needs', linked(sequence)],
    ['Comes after, if it is there', linked(optional)],
    ['Others that come after it', linked(askers.map((other) => other.name))],
  ] as const;
}

/** What is brought, by kind: a line for each, its name and what is said of it. */
type Line = readonly [name: ComponentChildren, words?: ComponentChildren];

function Brought({ title, lines }: { title: string; lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  const plain = lines.every(([, words]) => words === undefined);
  return (
    <Card title={title} aside={<span class="muted">{lines.length}</span>}>
      <ul class={plain ? 'plain-list brought names' : 'plain-list brought'}>
        {lines.map(([name, words], at) => (
          <li key={at}>
            <span>{name}</span>
            {words !== undefined && <span class="muted">{words}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function pagesOf(module: ModuleManifest, visit: Visit): Line[] {
  const routes = module.routes ?? [];
  const forms = routes.filter((item) => item.kind === 'route' && isForm(item)).length;
  const pages = routes.filter(isAdminPage).map(({ path, menu, tab, access }): Line => {
    const open = !path.includes(':') && 'acl' in access && visit.may(access.acl);
    const name = <code>{path}</code>;
    const words = menu ? `“${menu.label}” in the menu` : tab ? `tab “${tab.label}” of a ${tab.of}` : undefined;
    return [open ? <a href={path}>{name}</a> : name, words];
  });
  return forms === 0 ? pages : [...pages, [`and ${counted(forms, 'form')} on them`]];
}

/** What programs and guests use. The forms of pages are told with the pages. */
function routesOf({ routes = [] }: ModuleManifest): Line[] {
  return routes.flatMap((item): Line[] => {
    if (item.kind === 'mount') return [[<code key="at">{item.path}</code>, 'everything below']];
    if (isAdminPage(item) || isForm(item)) return [];
    const words = item.operation?.summary ?? ('public' in item.access ? item.access.public : undefined);
    return [[<code key="at">{`${item.method} ${item.path}`}</code>, words]];
  });
}

const isForm = (item: Route): boolean => item.area === 'admin' && item.reads === 'form';

function settingsOf({ config = [] }: ModuleManifest, visit: Visit): Line[] {
  return config.map(({ path, label, fields, acl }): Line => {
    const words = Object.values(fields).map((field) => field.label);
    const open = visit.may('admin::configuration') && visit.may(acl);
    return [open ? <a href={`/admin/configuration/${path.split('/')[0]}`}>{label}</a> : label, words.join(', ')];
  });
}

async function migrationsOf({ migrations }: ModuleManifest): Promise<Line[]> {
  if (!migrations) return [];
  const files = await readdir(migrations).catch(() => []);
  const steps = files.flatMap((file) => /^(\d{4}-[\w-]+)\.[jt]s$/.exec(file)?.[1] ?? []).sort();
  return steps.map((name): Line => [<code key="at">{name}</code>]);
}

const code = (text: string) => <code>{text}</code>;

/** One module: its version and place, and everything that it adds, by name. */
export const modulePage = page('/admin/modules/:name', {
  acl: 'admin::modules',
  inject: { inventory: Inventory },
  async view(visit, { inventory }) {
    const module = named(inventory, visit.params.name);
    const { provides = [], plugins = [], observers = [], contributes = [], commands = [], acl = {} } = module;
    const at = inventory.modules.indexOf(module) + 1;
    return screen({
      title: titleOf(module.name),
      back: { href: '/admin/modules', label: 'Modules' },
      lead: `Module ${module.name}, version ${module.version}.`,
      body: (
        <div class="stack">
          <Card title="Place">
            <DefinitionList
              items={[
                ['Starts as number', `${at} of ${counted(inventory.modules.length, 'module')}`],
                ['For hosts', module.host ?? 'any'],
                ...neighbours(inventory, module),
              ]}
            />
          </Card>
          <Brought title="Pages" lines={pagesOf(module, visit)} />
          <Brought title="Settings" lines={settingsOf(module, visit)} />
          <Brought title="Rights for roles" lines={Object.entries(acl).map(([id, title]): Line => [title, code(id)])} />
          <Brought title="Commands" lines={commands.map(({ name, describe }): Line => [code(name), describe])} />
          <Brought title="Routes" lines={routesOf(module)} />
          <Brought title="Services" lines={provides.map(({ token }): Line => [code(token.id)])} />
          <Brought
            title="Plugins on services"
            lines={plugins.map(({ id, target, sortOrder, disabled }): Line => {
              const order = sortOrder === undefined ? 'before those with a number' : `sort order ${sortOrder}`;
              return [code(id), `on ${target.id}, ${disabled ? 'switched off' : order}`];
            })}
          />
          <Brought
            title="Observers of events"
            lines={observers.map(({ id, event, when }): Line => {
              return [code(id), `${event.id}, ${when === 'committed' ? 'after the commit' : 'in the transaction'}`];
            })}
          />
          <Brought
            title="Contributions to others"
            lines={[...new Set(contributes.map(({ point }) => point.id))].map((id): Line => {
              const count = contributes.filter(({ point }) => point.id === id).length;
              return [code(id), count > 1 ? `${count} times` : undefined];
            })}
          />
          <Brought title="Migrations" lines={await migrationsOf(module)} />
        </div>
      ),
    });
  },
});
