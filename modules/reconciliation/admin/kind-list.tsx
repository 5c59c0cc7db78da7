import { LinkButton } from '../../admin/index.ts';
import { findingKinds } from '../finding.ts';
import { kinds } from '../kind/kinds.ts';
import type { KindCount } from '../run/runs.ts';
import { path, SeverityBadge } from './words.tsx';

const rank = { high: 0, medium: 1, low: 2 } as const;

/** What matters most first. */
const ordered = (counts: readonly KindCount[]): readonly KindCount[] =>
  counts
    .filter(({ kind, open }) => open > 0 && findingKinds.includes(kind))
    .sort((a, b) => rank[kinds[a.kind].severity] - rank[kinds[b.kind].severity] || b.open - a.open);

/** Every kind of which something is open, what it means, and the way to curing all of them at once. */
export function KindList({ counts, mayCure }: { counts: readonly KindCount[]; mayCure: boolean }) {
  const rows = ordered(counts);
  if (rows.length === 0) return null;
  return (
    <div id="kinds" class="grid">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="grid-scroll" tabIndex={0} aria-label="Kinds of findings">
        <table>
          <thead>
            <tr>
              <th scope="col">What Was Found</th>
              <th scope="col" class="end">
                Open
              </th>
              {mayCure && (
                <th scope="col" class="end">
                  <span class="visually-hidden">Actions</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ kind, open }) => (
              <tr key={kind}>
                <td data-label="What Was Found">
                  <div>
                    <p>
                      <SeverityBadge severity={kinds[kind].severity} /> <strong>{kinds[kind].title}</strong>
                    </p>
                    <p class="muted">{kinds[kind].meaning}</p>
                  </div>
                </td>
                <td class="end" data-label="Open">
                  <a href={`${path}?kind=${kind}`}>{open.toLocaleString('en')}</a>
                </td>
                {mayCure && (
                  <td class="end row-actions">
                    <LinkButton href={`${path}/kinds/${kind}`}>Cure All</LinkButton>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
