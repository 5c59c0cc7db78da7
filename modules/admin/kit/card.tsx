import type { ComponentChildren } from 'preact';

export interface CardProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly href?: string | undefined;
  readonly wide?: boolean | undefined;
  /** Stands at the right of the title. */
  readonly aside?: ComponentChildren;
  readonly id?: string;
}

/** A box with a title. */
export function Card({ title, children, href, wide, aside, id }: CardProps) {
  return (
    <section class={wide ? 'card wide' : 'card'} id={id}>
      <header>
        <h2>{href ? <a href={href}>{title}</a> : title}</h2>
        {aside}
      </header>
      <div class="card-body">{children}</div>
    </section>
  );
}

export function Cards({ children }: { children: ComponentChildren }) {
  return <div class="cards">{children}</div>;
}

/** Figures side by side: number above, what it counts below. */
export function Figures({ items }: { items: readonly { label: string; value: ComponentChildren; href?: string }[] }) {
  return (
    <ul class="figures">
      {items.map(({ label, value, href }) => (
        <li key={label}>
          <span class="figure">{value}</span> {href ? <a href={href}>{label}</a> : <span>{label}</span>}
        </li>
      ))}
    </ul>
  );
}
