import { Badge } from './badge.tsx';
import type { Concern } from './extension-points.ts';
import { Icon } from './icon.tsx';

/** So many concerns are told; the rest stands on the pages that they come from. */
const mostTold = 8;

/** How everything fares, at a glance: green, or what to look at, the worst first. The words say it, colours repeat it. */
export function Light({ concerns }: { concerns: readonly Concern[] }) {
  const bad = concerns.filter(({ tone }) => tone === 'bad');
  const told = [...bad, ...concerns.filter(({ tone }) => tone !== 'bad')];
  const tone = bad.length > 0 ? 'bad' : told.length > 0 ? 'warn' : 'good';
  const count = told.length === 1 ? 'One thing needs you' : `${told.length} things need you`;
  return (
    <section class={`card wide light ${tone}`} aria-label="Health">
      <p class="light-head">
        <Icon name={tone === 'good' ? 'check' : 'warning'} />
        <strong>{told.length === 0 ? 'All is well' : count}</strong>
        {told.length === 0 && <span class="muted">Nothing waits for you.</span>}
      </p>
      {told.length > 0 && (
        <ul>
          {told.slice(0, mostTold).map((concern) => (
            <li key={`${concern.href} ${concern.text}`}>
              <Badge tone={concern.tone}>{concern.tone === 'bad' ? 'Act' : 'Look'}</Badge>{' '}
              <a href={concern.href}>{concern.text}</a>
            </li>
          ))}
          {told.length > mostTold && <li class="muted">and {told.length - mostTold} more</li>}
        </ul>
      )}
    </section>
  );
}
