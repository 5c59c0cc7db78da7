import type { ComponentChildren } from 'preact';

/** Names and their values, `[['E-mail', user.email], …]`; what is undefined is left out, what is empty shows a dash. */
export function DefinitionList({ items }: { items: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="definitions">
      {items
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value === '' || value === null ? <span class="muted">–</span> : value}</dd>
          </div>
        ))}
    </dl>
  );
}
