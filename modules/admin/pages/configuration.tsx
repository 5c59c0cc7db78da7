import { Config, ConfigStorage, Database, HttpError, whenProvided } from '../../framework/index.ts';
import { AdministrativeActs } from '../act/act.ts';
import { ConfigurationField } from '../configuration/field.tsx';
import { configurationPages, readFields } from '../configuration/reading.ts';
import { planSaving } from '../configuration/saving.ts';
import { defaultScope, type ShownScope, scopeQuery, shownScopes } from '../configuration/scope.ts';
import { found } from '../configuration/search.tsx';
import { ConfigurationSidebar, ScopeSwitcher } from '../configuration/sidebar.tsx';
import { action, page } from '../http/page.ts';
import { Button } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { Form, FormErrors } from '../kit/form.tsx';
import { type Screen, screen } from '../kit/screen.ts';
import { redirect, type Visit } from '../kit/visit.ts';
import { byOf } from './user.tsx';

const acl = 'admin::configuration';
const services = {
  config: Config,
  storage: whenProvided(ConfigStorage),
  acts: AdministrativeActs,
  database: Database,
};
type Services = {
  config: Config;
  storage: ConfigStorage | undefined;
  acts: AdministrativeActs;
  database: Database;
};

async function scopesOf({ storage }: Services): Promise<readonly ShownScope[]> {
  return storage ? shownScopes(await storage.scopes()) : [defaultScope];
}

/** The scope of the address (or the form); the default one where it is gone. */
const scopeOf = (visit: Visit, scopes: readonly ShownScope[]): ShownScope => {
  const key = visit.form.get('scope') ?? visit.query.get('scope');
  return scopes.find((scope) => scope.key === key) ?? defaultScope;
};

async function sectionScreen(
  visit: Visit,
  given: Services,
  errors: Readonly<Record<string, string>> = {},
): Promise<Screen> {
  const scopes = await scopesOf(given);
  const scope = scopeOf(visit, scopes);
  const pages = configurationPages(given.config, visit);
  const current = pages.find(({ name }) => name === visit.params.section);
  if (!current)
    throw new HttpError(404, 'NOT_FOUND', 'There is no such section, or your role does not show it to you.');
  const groups = await Promise.all(
    current.groups.map(async (group) => ({ group, fields: await readFields(given.config, group, scope, scopes) })),
  );
  const sent = (path: string) =>
    visit.form.has(path)
      ? { text: visit.form.get(path) ?? '', inherit: visit.form.getAll('inherit').includes(path) }
      : undefined;
  const invalid = Object.keys(errors).length > 0;
  return screen({
    title: 'Configuration',
    status: invalid ? 422 : 200,
    actions: (
      <Button form="configuration-form" look="primary">
        Save Config
      </Button>
    ),
    body: (
      <div class="with-sidebar">
        <ConfigurationSidebar pages={pages} current={current.name} scope={scope} />
        <div>
          <ScopeSwitcher scopes={scopes} current={scope} path={`/admin/configuration/${current.name}`} />
          <Form action={`/admin/configuration/${current.name}`} id="configuration-form" autocomplete={false}>
            <input type="hidden" name="scope" value={scope.key} />
            <FormErrors errors={errors} />
            <h2 class="section-title">{current.title}</h2>
            {groups.map(({ group, fields }) => (
              <details key={group.path} class="card config-group" open>
                <summary>
                  <h3>{group.label}</h3>
                </summary>
                <div class="card-body">
                  {fields.map((shown) => (
                    <ConfigurationField
                      key={shown.path}
                      shown={shown}
                      scope={scope}
                      scopes={scopes}
                      sent={invalid ? sent(shown.path) : undefined}
                      error={errors[shown.path]}
                      dependsOn={shown.entry.field.dependsOn && `${group.path}/${shown.entry.field.dependsOn}`}
                    />
                  ))}
                </div>
              </details>
            ))}
          </Form>
        </div>
      </div>
    ),
  });
}

export const configurationPage = page('/admin/configuration', {
  acl,
  menu: { label: 'Configuration', sortOrder: 50, icon: 'sliders' },
  inject: services,
  async view(visit, given) {
    const pages = configurationPages(given.config, visit);
    const text = visit.query.get('q')?.trim() ?? '';
    const scope = scopeOf(visit, await scopesOf(given));
    if (text === '' && pages[0]) return redirect(`/admin/configuration/${pages[0].name}${scopeQuery(scope)}`);
    return screen({
      title: 'Configuration',
      body: (
        <div class="with-sidebar">
          <ConfigurationSidebar pages={pages} scope={scope} text={text} />
          <div>{pages.length === 0 ? <Empty title="Your role shows you no section" /> : found(pages, text, scope)}</div>
        </div>
      ),
    });
  },
});

export const configurationSection = page('/admin/configuration/:section', {
  acl,
  inject: services,
  view: (visit, given) => sectionScreen(visit, given),
});

export const saveConfiguration = action('/admin/configuration/:section', {
  acl,
  inject: services,
  async perform(visit, given) {
    const scopes = await scopesOf(given);
    const scope = scopeOf(visit, scopes);
    const current = configurationPages(given.config, visit).find(({ name }) => name === visit.params.section);
    if (!current)
      throw new HttpError(404, 'NOT_FOUND', 'There is no such section, or your role does not show it to you.');
    const { changes, errors } = await planSaving(given.config, current.groups, scope, visit.form);
    if (Object.keys(errors).length > 0) return sectionScreen(visit, given, errors);
    // All of it, its record included, or nothing.
    if (changes.length > 0)
      await given.database.transaction(async (tx) => {
        for (const { make } of changes) await make(tx);
        await given.acts.inside(tx, {
          operation: 'admin.configuration',
          outcome: 'done',
          by: byOf(visit),
          subject: current.name,
          modified: changes.map(({ attribute, before, after }) => ({ attribute, before, after })),
        });
      });
    const to = `/admin/configuration/${current.name}${scopeQuery(scope)}`;
    return redirect(
      to as '/admin',
      changes.length === 0
        ? { note: 'Nothing was changed.' }
        : { done: 'You saved the configuration. It is in effect here at once, elsewhere within 5 seconds.' },
    );
  },
});
