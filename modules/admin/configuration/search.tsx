import { Empty } from '../kit/empty.tsx';
import { fieldId } from '../kit/form.tsx';
import type { ConfigurationPage } from './reading.ts';
import { type ShownScope, scopeQuery } from './scope.ts';

/** The fields whose label, comment, group or path hold all words that are looked for; their links keep the scope. */
export function found(pages: readonly ConfigurationPage[], text: string, scope: ShownScope) {
  const words = text.toLowerCase().split(/\s+/);
  const hits = pages.flatMap((page) =>
    page.groups.flatMap((group) =>
      Object.entries(group.fields).flatMap(([name, field]) => {
        const path = `${group.path}/${name}`;
        const hay = `${page.title} ${group.label} ${field.label} ${field.comment ?? ''} ${path}`.toLowerCase();
        return words.every((word) => hay.includes(word)) ? [{ page, group, field, path }] : [];
      }),
    ),
  );
  if (hits.length === 0)
    return (
      <Empty title={`No setting matches “${text}”`} icon="search">
        Look for a word of its label, or for a part of its path, such as <code>session</code>.
      </Empty>
    );
  return (
    <section class="card">
      <header>
        <h2>{hits.length === 1 ? 'One setting' : `${hits.length} settings`}</h2>
        {scope.key !== 'default' && <span class="muted">{scope.label}</span>}
      </header>
      <ul class="hits">
        {hits.map(({ page, group, field, path }) => (
          <li key={path}>
            <a href={`/admin/configuration/${page.name}${scopeQuery(scope)}#row-${fieldId(path)}`}>{field.label}</a>
            <span class="muted">
              {page.title} › {group.label}
            </span>
            <code>{path}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
