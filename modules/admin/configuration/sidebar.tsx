import { Button } from '../kit/button.tsx';
import { QueryForm } from '../kit/form.tsx';
import { titleOf } from '../kit/words.ts';
import type { ConfigurationPage } from './reading.ts';
import { type ShownScope, scopeQuery } from './scope.ts';

export interface SidebarProps {
  readonly pages: readonly ConfigurationPage[];
  readonly current?: string;
  readonly scope: ShownScope;
  readonly text?: string;
}

/** Search, and the sections below their tabs. */
export function ConfigurationSidebar({ pages, current, scope, text = '' }: SidebarProps) {
  const tabs = [...new Set(pages.map(({ tab }) => tab))];
  const query = scopeQuery(scope);
  return (
    <div class="sidebar">
      <QueryForm action="/admin/configuration" class="search" label="Configuration">
        {scope.key !== 'default' && <input type="hidden" name="scope" value={scope.key} />}
        <input
          type="search"
          name="q"
          value={text}
          aria-label="Search the configuration"
          placeholder="Search settings"
        />
        <Button look="quiet" icon="search">
          <span class="visually-hidden">Search</span>
        </Button>
      </QueryForm>
      <nav aria-label="Sections of the configuration">
        {tabs.map((tab) => (
          <div key={tab}>
            <p class="sidebar-title">{titleOf(tab)}</p>
            <ul>
              {pages
                .filter((page) => page.tab === tab)
                .map(({ name, title }) => (
                  <li key={name}>
                    <a
                      href={`/admin/configuration/${name}${query}`}
                      aria-current={name === current ? 'page' : undefined}
                    >
                      {title}
                    </a>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
    </div>
  );
}

/** For which website or store view the page shows (and sets) values. */
export function ScopeSwitcher({
  scopes,
  current,
  path,
}: {
  scopes: readonly ShownScope[];
  current: ShownScope;
  path: string;
}) {
  return (
    <QueryForm action={path} class="scope-switcher" label="Scope">
      <label for="scope">Scope</label>
      <select id="scope" name="scope" data-submits>
        {scopes.map(({ key, label, level }) => (
          <option key={key} value={key} selected={key === current.key}>
            {level === 'store' ? `\u2003\u2003${label}` : level === 'website' ? `\u2003${label}` : label}
          </option>
        ))}
      </select>
      <Button look="quiet">Switch</Button>
      {current.level !== 'default' && (
        <span class="muted">
          {current.level === 'website' ? 'Values for this website' : 'Values for this store view'}
        </span>
      )}
    </QueryForm>
  );
}
