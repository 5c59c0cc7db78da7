import type { Chunk, Driven, Phase } from './phase.ts';
import { cpuOf } from './process-usage.ts';

/** What one target's requests of one phase cost: µs per request, one figure per round. */
export interface Cost {
  readonly server: number[];
  readonly database: number[];
}

/** A target with the phases that it takes part in. */
export class Runner {
  readonly target: Driven;
  /** How many of a round's requests it gets: peers are too slow for all of them. */
  readonly share: number;
  readonly costs = new Map<Phase, Cost>();
  /** Why a phase is left out. */
  readonly missing = new Map<Phase, string>();

  constructor(target: Driven, share: number) {
    this.target = target;
    this.share = share;
  }

  /** The requests that it gets of one round of a phase. */
  requests(phase: Phase, requests: number): number {
    return Math.max(1, Math.round(requests * phase.share * this.share));
  }
}

const run = async (phase: Phase, { target }: Runner, chunk: Chunk): Promise<void> => {
  await target.client.run(phase.jobs(target, chunk));
};

/** Lets the compiler and the caches settle; nothing of it counts. A target that can't do a phase is left out of it. */
export async function warmUp(phase: Phase, runners: readonly Runner[], requests: number): Promise<void> {
  for (const runner of runners) {
    const all = runner.requests(phase, requests);
    // A third of a round, at least twice: what is called a hundred times only is still interpreted.
    const times = Math.max(2, Math.round(all / phase.chunk / 3));
    try {
      for (let i = 0; i < times; i++) {
        const chunk = { name: `${phase.name}-warm-${i}`, requests: Math.min(phase.chunk, all) };
        await phase.prepare?.(runner.target, chunk);
        await run(phase, runner, chunk);
      }
      runner.costs.set(phase, { server: [], database: [] });
    } catch (error) {
      runner.missing.set(phase, error instanceof Error ? error.message : String(error));
    }
  }
}

/** One round of a phase: its chunks, each target's turn after the other's, so that a slow moment hits them all. */
export async function measure(
  phase: Phase,
  runners: readonly Runner[],
  round: number,
  requests: number,
  databasePid: number,
): Promise<void> {
  const plan = runners
    .filter(({ costs }) => costs.has(phase))
    .map((runner) => ({ runner, left: runner.requests(phase, requests), sent: 0, server: 0, database: 0 }));
  for (let i = 0; plan.some(({ left }) => left > 0); i++) {
    for (const turn of plan) {
      if (turn.left === 0) continue;
      const { runner } = turn;
      const chunk = { name: `${phase.name}-${round}-${i}`, requests: Math.min(phase.chunk, turn.left) };
      await phase.prepare?.(runner.target, chunk);
      const [server, database] = [cpuOf(runner.target.pid), cpuOf(databasePid)];
      await run(phase, runner, chunk);
      turn.server += cpuOf(runner.target.pid) - server;
      turn.database += cpuOf(databasePid) - database;
      turn.left -= chunk.requests;
      turn.sent += chunk.requests;
    }
  }
  for (const { runner, sent, server, database } of plan) {
    runner.costs.get(phase)?.server.push(server / sent);
    runner.costs.get(phase)?.database.push(database / sent);
  }
}
