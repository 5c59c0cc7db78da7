/** Outlines on a grid of 20 by 20, drawn for this product. */
const outlines = {
  home: 'M3 9.5 10 3.5l7 6M5 8.5V16h3.5v-4h3v4H15V8.5',
  plug: 'M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0zM10 15v2.5',
  people:
    'M7.5 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 16.5c0-3 2.4-5 5.5-5s5.5 2 5.5 5M13 3.3a3 3 0 0 1 0 5.4M15 12c1.9.7 3 2.3 3 4.5',
  chart: 'M3 17h14M5.5 14V9M10 14V4M14.5 14V7',
  sliders: 'M3 6h7M14 6h3M3 14h3M10 14h7M12 4v4M8 12v4',
  book: 'M4 3.500h5a1 1 0 0 1 1 1V17a2 2 0 0 0-2-1.500H4zM16 3.500h-5a1 1 0 0 0-1 1V17a2 2 0 0 1 2-1.500h4z',
  blocks: 'M3 3h6v6H3zM11 11h6v6h-6zM3 11h6v6H3zM14 3v6M11 6h6',
  key: 'M7 13.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10.5 10H17v3M14 10v2.5',
  shield: 'M10 2.5 16 5v4.500c0 4-2.5 6.5-6 8-3.5-1.5-6-4-6-8V5z',
  bell: 'M5 13.500V9a5 5 0 0 1 10 0v4.500l1.5 1.500h-13zM8.5 17.500h3',
  mail: 'M3 5h14v10H3zM3 6l7 5 7-5',
  list: 'M7 5h10M7 10h10M7 15h10M3.5 5h.01M3.5 10h.01M3.5 15h.01',
  copy: 'M7 7V3.500h9.500V13H13M3.5 7H13v9.500H3.500z',
  check: 'M4 10.5 8 14.5 16 5.5',
  warning: 'M10 3 18 16.500H2zM10 8v4M10 14.200v.01',
  info: 'M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9v4.500M10 6.300v.01',
  cross: 'M5 5l10 10M15 5 5 15',
  menu: 'M3 5h14M3 10h14M3 15h14',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5 17.5 17.5',
  out: 'M8 3H3.500v14H8M12.5 6l4 4-4 4M7.5 10h9',
  person: 'M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 17c.3-3.3 3-5 6.5-5s6.2 1.7 6.5 5',
} as const;

export type IconName = keyof typeof outlines;

/** A picture that repeats what stands beside it: screen readers pass over it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={outlines[name]} />
    </svg>
  );
}
