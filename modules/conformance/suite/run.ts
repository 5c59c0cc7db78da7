import type { Area, Check, Level } from './check.ts';
import { Client } from './client.ts';
import { expect, Skipped, Unmet } from './expect.ts';
import { send, type Target } from './http.ts';
import { discover, type Feature, type Provider } from './provider.ts';

export interface Exchange {
  readonly request: string;
  readonly sent?: string;
  readonly status: number;
  readonly found: string;
}

/** What became of one requirement. */
export interface Verdict {
  readonly area: string;
  readonly id: string;
  readonly level: Level;
  readonly says: string;
  readonly outcome: 'pass' | 'fail' | 'skip';
  /** Why it failed or was skipped. */
  readonly reason?: string;
  /** For a failure: what was sent and what was found, the last exchanges of the check. */
  readonly exchanges?: readonly Exchange[];
}

export interface SuiteResult {
  readonly base: string;
  readonly verdicts: readonly Verdict[];
  /** Resources that the run made and could not delete. */
  readonly left: readonly string[];
}

export interface RunOptions {
  readonly areas: readonly Area[];
  readonly target: Target;
  /** Told each verdict as soon as it is known. */
  readonly onVerdict?: (verdict: Verdict) => void;
}

/** Tries every requirement of these areas, one after the other, and deletes what it made, whatever happened. */
export async function runSuite({ areas, target, onVerdict }: RunOptions): Promise<SuiteResult> {
  const provider = await discover((path) => send(target, 'GET', path));
  const client = new Client(target, provider);
  const verdicts: Verdict[] = [];
  let left: readonly string[] = [];
  try {
    for (const area of areas)
      for (const check of area.checks) {
        const verdict = await judge(area, check, client, provider);
        verdicts.push(verdict);
        onVerdict?.(verdict);
      }
  } finally {
    // At the very end, because checks share what they only look at.
    left = await client.cleanUp();
  }
  return { base: target.base, verdicts, left };
}

async function judge(area: Area, check: Check, client: Client, provider: Provider): Promise<Verdict> {
  const { id, level, says } = check;
  const told = { area: area.name, id, level, says };
  const lacking = firstMissing(provider, [...(area.needs ?? []), ...(check.needs ?? [])]);
  if (lacking !== undefined) return { ...told, outcome: 'skip', reason: lacking };
  client.exchanges.length = 0;
  try {
    await check.run(client, expect);
    return { ...told, outcome: 'pass' };
  } catch (error) {
    if (error instanceof Skipped) return { ...told, outcome: 'skip', reason: error.message };
    return { ...told, outcome: 'fail', reason: reasonOf(error), exchanges: client.exchanges.slice(-4).map(shown) };
  }
}

const firstMissing = (provider: Provider, needs: readonly Feature[]): string | undefined =>
  needs.map((feature) => provider.missing(feature)).find((reason) => reason !== undefined);

function reasonOf(error: unknown): string {
  if (error instanceof Unmet) return error.message;
  const { message, cause } = error as Error;
  return `could not be tried: ${message}${cause instanceof Error ? ` (${cause.message})` : ''}`;
}

const longest = 1000;
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}… (${text.length})` : text);

const shown = ({ request, sent, status, text }: Client['exchanges'][number]): Exchange => ({
  request,
  status,
  found: cut(text),
  ...(sent === undefined ? {} : { sent: cut(sent) }),
});
