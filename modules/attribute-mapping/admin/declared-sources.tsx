import { ActionButton, Card } from '../../admin/index.ts';
import { type Bench, mappingPath } from './workbench.ts';

/** Attributes of the provider that no schema has, and which rows use them. */
export function DeclaredSources({ bench, editable }: { bench: Bench; editable: boolean }) {
  const { connection, document, revision } = bench;
  const { sources = [], rows } = document;
  if (sources.length === 0) return null;
  const used = (name: string): boolean => rows.some((row) => 'source' in row && row.source === name);
  return (
    <Card title="Declared sources">
      <p class="muted">
        Attributes outside the known schemas: they are kept, announced to the provider, and can be mapped.
      </p>
      <ul class="mapping-sources">
        {sources.map(({ name, type = 'string', multiValued, description }) => (
          <li key={name}>
            <code>{name}</code>
            <span class="muted">
              {type}
              {multiValued ? ', a list' : ''}
              {description ? ` · ${description}` : ''}
              {used(name) ? '' : ' · used by no row'}
            </span>
            {editable && !used(name) && (
              <ActionButton
                action={mappingPath(connection, '/sources/remove')}
                fields={{ revision: String(revision), source: name }}
                look="quiet"
              >
                Remove<span class="visually-hidden"> {name}</span>
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
