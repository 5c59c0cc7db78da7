import type { Clock } from '../environment/clock.ts';
import type { Gauge } from './gauge.ts';

/** What a gauge said: by the values of its label, or under the empty text. */
export interface Reading {
  readonly gauge: Gauge;
  readonly values: Readonly<Record<string, number>>;
}
export interface Readings {
  readonly readings: readonly Reading[];
  /** Names of gauges that could not be read. */
  readonly failed: readonly string[];
}

const goodFor = 5_000;

/**
 * Reads all gauges, one after the other: a scrape must not take more than one connection of the pool. What was read is
 * good for five seconds, and whoever asks meanwhile gets the same, so that many who scrape cost as much as one.
 */
export function gaugeReadings(gauges: readonly Gauge[], clock: Clock, patienceMs = 2_000): () => Promise<Readings> {
  let latest: { readonly at: number; readonly readings: Promise<Readings> } | undefined;

  async function readAll(): Promise<Readings> {
    const readings: Reading[] = [];
    const failed: string[] = [];
    for (const gauge of gauges) {
      const said = await readOne(gauge, patienceMs);
      if (said === undefined) failed.push(gauge.name);
      else readings.push({ gauge, values: typeof said === 'number' ? { '': said } : said });
    }
    return { readings, failed };
  }

  return () => {
    const at = clock.now().getTime();
    if (!latest || at - latest.at >= goodFor) latest = { at, readings: readAll() };
    return latest.readings;
  };
}

/** Undefined where it failed or took too long. */
async function readOne(gauge: Gauge, patienceMs: number): Promise<Awaited<ReturnType<Gauge['read']>> | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patienceMs, undefined);
  });
  try {
    // In a promise, so that one that throws at once fails like the others.
    return await Promise.race([Promise.resolve().then(() => gauge.read()), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
