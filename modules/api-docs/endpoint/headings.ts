import type { Endpoint } from './endpoint.ts';

/** The operations below one heading. */
export interface Heading {
  readonly title: string;
  /** For addresses and file names. */
  readonly slug: string;
  readonly endpoints: readonly Endpoint[];
}

/** Protocols for other programs, then the administration, then what operators ask, then what browsers load. */
function placeOf({ endpoints }: Heading): number {
  if (endpoints.every(({ forBrowsers }) => forBrowsers)) return 3;
  if (endpoints.some(({ path }) => path.startsWith('/admin/'))) return 1;
  return endpoints.every(({ module }) => module === 'framework' || module === 'api-docs') ? 2 : 0;
}

/** The endpoints by their headings; within a place in module order. */
export function headingsOf(endpoints: readonly Endpoint[]): readonly Heading[] {
  const byTag = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) byTag.set(endpoint.tag, [...(byTag.get(endpoint.tag) ?? []), endpoint]);
  const headings = [...byTag].map(([title, own]) => ({
    title,
    slug: title.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    endpoints: own,
  }));
  return headings.sort((a, b) => placeOf(a) - placeOf(b));
}
