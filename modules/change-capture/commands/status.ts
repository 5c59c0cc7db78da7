import { Clock, command, Database, sql } from '../../framework/index.ts';
import { type CaptureProblem, captureProblems } from '../problem.ts';
import { captureSettings } from '../settings.ts';
import { CaptureTriggers, type TriggerStatus } from '../trigger/capture-triggers.ts';

export interface CaptureStatus {
  readonly triggers: readonly TriggerStatus[];
  /** Whether servers look after the triggers; capture:remove says that they do not. */
  readonly kept: boolean;
  readonly waiting: number;
  /** Milliseconds that the oldest change has waited; 0 when none does. */
  readonly oldestMs: number;
  readonly problems: readonly CaptureProblem[];
}

/** `capture:status` */
export const statusCommand = command('capture:status', {
  describe: 'Show how changes of customers are captured, and what is wrong with it',
  inject: { database: Database, triggers: CaptureTriggers, config: captureSettings.token, clock: Clock },
  async run(_, { database, triggers, config, clock }): Promise<CaptureStatus> {
    const found = await triggers.status();
    const row = await database.first<{ waiting: number; oldest: number | null }>(
      sql`SELECT COUNT(*) AS waiting, MIN(at_ms) AS oldest FROM {vestibule_change}`,
    );
    const nowMs = clock.now().getTime();
    const kept = await config.get('triggers');
    return {
      triggers: found,
      kept,
      waiting: row?.waiting ?? 0,
      oldestMs: row?.oldest == null ? 0 : Math.max(0, nowMs - row.oldest),
      problems: await captureProblems(database, kept ? found : [], nowMs),
    };
  },
  print({ triggers, kept, waiting, oldestMs, problems }) {
    const count = (state: string): number => triggers.filter((each) => each.state === state).length;
    const states = ['installed', 'missing', 'outdated', 'leftover'].map((state) => `${count(state)} ${state}`);
    const lines = [`Triggers: ${states.join(', ')}`];
    if (!kept) lines.push('  They are switched off; capture:install brings them back.');
    else for (const { name, state } of triggers) if (state !== 'installed') lines.push(`  ${name}: ${state}`);
    lines.push(
      waiting === 0
        ? 'No change waits to be handed on.'
        : `${waiting} changes wait to be handed on, the oldest for ${Math.round(oldestMs / 1000)} s.`,
    );
    for (const { message, cure } of problems) lines.push(`Wrong: ${message} ${cure}`);
    return lines.join('\n');
  },
  exitCode: ({ problems }) => (problems.length === 0 ? 0 : 1),
});
