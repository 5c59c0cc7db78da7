import type { ComponentChildren } from 'preact';

/** A table of two columns, which scrolls where it is too wide. */
export function ClaimsTable(given: { label: string; heads: readonly [string, string]; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="grid-scroll" tabIndex={0} aria-label={given.label}>
      <table class="claims">
        <thead>
          <tr>
            {given.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{given.children}</tbody>
      </table>
    </section>
  );
}
