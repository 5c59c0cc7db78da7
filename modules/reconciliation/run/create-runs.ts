import { type Clock, type Database, newHolder } from '../../framework/index.ts';
import { ReconciliationError } from '../error.ts';
import type { Cure, CureOutcome, Finding, FindingKind } from '../finding.ts';
import type { Reconciliation, Told } from '../reconciliation.ts';
import { closeFinding, findFinding, keepFindings, listFindings } from './finding-rows.ts';
import { beat, beginRun, endRun, readStanding, removeOlder } from './run-rows.ts';
import type { KeptFinding, KindCount, ReconciliationRun, ReconciliationRuns } from './runs.ts';

/** Findings that are written together, and read together. */
const together = 200;
/** Of more than these only the number is kept; the command lists all. */
export const mostKept = 100_000;
/** A run tells that it lives so often, in milliseconds. */
const beatEvery = 2_000;
const shownReasons = 5;

export interface RunParts {
  readonly database: Database;
  readonly reconciliation: Reconciliation;
  readonly clock: Clock;
}

/** Runs over the tables of this room. */
export function createRuns({ database, reconciliation, clock }: RunParts): ReconciliationRuns {
  const now = (): number => clock.now().getTime();
  const working = new Set<Promise<void>>();
  let stopped = false;

  async function compareAll(ours: { id: number; me: string }, told: Told | undefined) {
    const counts = new Map<FindingKind, Omit<KindCount, 'kind'>>();
    const standing = { done: 0, total: 0, found: 0 };
    let lost = false;
    // Between two findings there may be minutes, and whoever waits watches the beat.
    const beating = setInterval(() => {
      beat(database, ours, standing, now()).then(
        (isOurs) => {
          lost = !isOurs;
        },
        () => {},
      );
    }, beatEvery).unref();
    let waiting: Finding[] = [];
    const goOn = (): void => {
      if (stopped) throw new Error('The process was stopped.');
      if (lost) throw new Error('Nothing was heard of it for too long, and another run has begun.');
    };
    const progress: Told = (done, total) => {
      goOn();
      Object.assign(standing, { done, total });
      told?.(done, total);
    };
    try {
      for await (const one of reconciliation.compare({}, progress)) {
        const kept = ++standing.found <= mostKept;
        const count = counts.get(one.kind) ?? { found: 0, open: 0 };
        counts.set(one.kind, { found: count.found + 1, open: count.open + (kept ? 1 : 0) });
        if (!kept || waiting.push(one) < together) continue;
        await keepFindings(database, ours.id, waiting);
        waiting = [];
        goOn();
      }
      await keepFindings(database, ours.id, waiting);
      await beat(database, ours, standing, now());
    } finally {
      clearInterval(beating);
    }
    return counts;
  }

  async function perform(id: number, me: string, told: Told | undefined): Promise<ReconciliationRun | undefined> {
    const ours = { id, me };
    try {
      const counts = await compareAll(ours, told);
      await endRun(database, ours, { counts }, now());
    } catch (error) {
      await endRun(database, ours, { failure: error instanceof Error ? error.message : String(error) }, now());
      throw error;
    }
    await removeOlder(database, id);
    return (await readStanding(database, now())).finished;
  }

  async function requireFinding(db: Parameters<ReconciliationRuns['finding']>[0], id: number): Promise<KeptFinding> {
    const found = await findFinding(db, id);
    if (found) return found;
    throw new ReconciliationError(
      'FINDING_UNKNOWN',
      `Finding ${id} is not open any more: it was cured, or a newer run has begun.`,
    );
  }

  const settle = (found: KeptFinding, cure: Cure, by: string): Promise<CureOutcome> =>
    reconciliation.cure(found, cure, by, (tx) => closeFinding(tx, found));

  return {
    async run(by, told, notSince) {
      const me = newHolder();
      const total = await reconciliation.size(database);
      const id = await beginRun(database, { by, me, total, notSince }, now());
      if (id === undefined) return undefined;
      const work = perform(id, me, told);
      const settled = work.then(
        () => {},
        () => {},
      );
      working.add(settled);
      return work.finally(() => working.delete(settled));
    },
    async stop() {
      stopped = true;
      await Promise.all(working);
    },
    standing: (db) => readStanding(db, now()),
    findings: listFindings,
    finding: requireFinding,
    cure: async (id, cure, by) => settle(await requireFinding(database, id), cure, by),
    async cureAll(filter, cure, by, told) {
      const { finished, counts } = await readStanding(database, now());
      const tally = { cured: 0, gone: 0, refused: 0 };
      const reasons = new Set<string>();
      const total = counts.find(({ kind }) => kind === filter.kind)?.open ?? 0;
      for (let after = 0; finished; ) {
        const page = await listFindings(database, finished.id, filter, { after, limit: together });
        for (const found of page) {
          try {
            if (found.cures.includes(cure)) tally[await settle(found, cure, by)]++;
          } catch (error) {
            if (!(error instanceof ReconciliationError)) throw error;
            tally.refused++;
            if (reasons.size < shownReasons) reasons.add(error.message);
          }
          after = found.id;
        }
        const done = tally.cured + tally.gone + tally.refused;
        told?.(done, Math.max(done, total));
        if (page.length < together) break;
      }
      return { ...tally, reasons: [...reasons] };
    },
  };
}
