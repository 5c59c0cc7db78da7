import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** How many answers there were, by the first segment of the path and the hundreds of the status. */
export interface AnswerCounts {
  readonly area: string;
  /** `2xx`. */
  readonly status: string;
  readonly count: number;
}

/** Told by Node of every answer that went out whole, whoever is subscribed; it costs a request nothing of its own. */
const finished = 'http.server.response.finish';
interface Finished {
  readonly request: IncomingMessage & { readonly originalUrl?: string };
  readonly response: ServerResponse;
  readonly server: Server;
}

const hundreds = 6;

/**
 * Counts a server's answers from now on. Paths under none of `areas` (`scim`, `admin`) are counted as `other`, so that
 * nobody makes labels by asking for paths.
 */
export function countAnswers(
  server: Server,
  areas: readonly string[],
): { read(): readonly AnswerCounts[]; end(): void } {
  const names = [...new Set(areas), 'other'];
  const places = new Map(names.map((name, place) => [name, place * hundreds]));
  const other = places.get('other') ?? 0;
  const counts = new Float64Array(names.length * hundreds);

  const count = (message: unknown): void => {
    const { request, response, server: from } = message as Finished;
    if (from !== server) return;
    const place = places.get(segmentOf(request.originalUrl ?? request.url ?? '')) ?? other;
    const slot = place + Math.floor(response.statusCode / 100);
    counts[slot] = (counts[slot] ?? 0) + 1;
  };
  subscribe(finished, count);

  return {
    read: () =>
      names.flatMap((area, place) =>
        Array.from({ length: hundreds }, (_, hundred) => ({
          area,
          status: `${hundred}xx`,
          count: counts[place * hundreds + hundred] ?? 0,
        })).filter((each) => each.count > 0),
      ),
    end: () => unsubscribe(finished, count),
  };
}

/** `/scim/v2/Users?x` → `scim`. */
export function segmentOf(url: string): string {
  for (let end = 1; end < url.length; end++) {
    const code = url.charCodeAt(end);
    if (code === 47 || code === 63) return url.slice(1, end);
  }
  return url.slice(1);
}
