import { startMariadb } from '../setup/mariadb.ts';
import { measure, type Runner, warmUp } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { versions } from './peers/start.ts';
import { expect, type Phase, scimUsers, walkedOver } from './phase.ts';
import { phasesCalled } from './phases/index.ts';
import { user } from './phases/user.ts';
import { aligned, cellsOf, type Line, lineOf } from './report.ts';
import { writeSection } from './results.ts';
import { closeStage, openStage } from './stage.ts';

/**
 * CPU of server plus database per request, next to the floor, in one interleaved run on one MariaDB. The floor runs twice,
 * so that the noise shows: the two floors should be equal. True when everything could be measured.
 */
export async function compare(options: BenchOptions): Promise<boolean> {
  const chosen = phasesCalled(options.only);
  const mariadb = await startMariadb({ bufferPool: 1024, throwaway: false });
  const lines: Line[] = [];
  let names: string[] = [];
  let complete = true;
  try {
    for (const stage of ['young', 'grown'] as const) {
      const phases = chosen.filter((phase) => phase.stage === stage);
      if (phases.length === 0) continue;
      const runners: Runner[] = [];
      try {
        await openStage(stage, mariadb, options.peers, (runner) => runners.push(runner));
        if (stage === 'young') await makePeople(runners, options.requests);
        await runPhases(phases, runners, options, mariadb.pid);
      } finally {
        await closeStage(runners);
      }
      const [floor, again, ...others] = runners;
      if (!floor || !again) continue;
      for (const phase of phases) lines.push(lineOf(phase, [floor, again], others));
      if (runners.length > names.length) names = runners.map(({ target }) => target.name);
      complete &&= runners.slice(0, 3).every(({ missing }) => missing.size === 0);
    }
  } finally {
    await mariadb.stop();
  }
  const title = `CPU per request in µs, server+database; medians of ${options.rounds} rounds of ${options.requests} requests`;
  const cells = cellsOf(lines, names);
  console.log(`\n${title}\n${aligned(cells)}`);
  if (options.write) await writeSection('Speed', title, cells, notesOf(chosen, options.peers));
  return complete;
}

/** What the phases are, and what stands behind the peers' names. */
const notesOf = (chosen: readonly Phase[], withPeers: boolean): readonly string[] => [
  chosen.map(({ name, describe }) => `- ${name}: ${describe}`).join('\n'),
  ...(withPeers ? [`Peers, on the same MariaDB, with a tenth of the requests: ${versions()}.`] : []),
];

/** Pages and groups want people before anybody was created in a round. */
async function makePeople(runners: readonly Runner[], requests: number): Promise<void> {
  for (const { target, share } of runners) {
    // A peer's creates are dear.
    const wanted = share < 1 ? 1000 : Math.min(walkedOver, Math.max(1000, requests));
    const jobs = Array.from({ length: wanted }, (_, i) => async () => {
      const name = `early-${i}`;
      const body = await expect(target.client, { method: 'POST', path: scimUsers, body: user(name) }, 201);
      target.people.push({ name, id: (JSON.parse(body) as { id: string }).id });
    });
    await target.client.run(jobs);
  }
}

async function runPhases(
  phases: readonly Phase[],
  runners: readonly Runner[],
  { rounds, requests }: BenchOptions,
  databasePid: number,
): Promise<void> {
  for (const phase of phases) await warmUp(phase, runners, requests);
  for (const { target, missing } of runners)
    for (const [{ name }, why] of missing) process.stderr.write(`${target.name} does not have "${name}": ${why}\n`);
  for (let round = 0; round < rounds; round++) {
    for (const phase of phases) await measure(phase, runners, round, requests, databasePid);
    process.stderr.write(`${phases[0]?.stage}: round ${round + 1} of ${rounds} done\n`);
  }
}
