import { type Executor, sql } from '../framework/index.ts';
import type { TriggerStatus } from './trigger/capture-triggers.ts';

/** Something that is wrong with the capture of changes. */
export interface CaptureProblem {
  readonly code: 'CAPTURE_TRIGGERS_MISSING' | 'CAPTURE_PUMP_FAILING' | 'CAPTURE_PUMP_IDLE';
  readonly message: string;
  readonly cure: string;
}

/** A server that runs hands on within a second; what waits this long waits for nobody. */
const patience = 60_000;

/** Everything that is wrong at present, each with its cure; empty when all is well. */
export async function captureProblems(
  db: Executor,
  triggers: readonly TriggerStatus[],
  nowMs: number,
): Promise<readonly CaptureProblem[]> {
  const problems: CaptureProblem[] = [];
  const lacking = triggers.filter(({ state }) => state === 'missing' || state === 'outdated');
  if (lacking.length > 0)
    problems.push({
      code: 'CAPTURE_TRIGGERS_MISSING',
      message: `${lacking.length} of ${triggers.length} triggers are missing or outdated, so changes made by others are not seen.`,
      cure: 'Run capture:install; it says what is in the way.',
    });
  const pump = await db.first<{ failing_since_ms: number | null; failure: string | null }>(
    sql`SELECT failing_since_ms, failure FROM {vestibule_change_pump} WHERE pump_id = 1`,
  );
  if (pump?.failing_since_ms != null)
    problems.push({
      code: 'CAPTURE_PUMP_FAILING',
      message: `Since ${new Date(pump.failing_since_ms).toISOString()} changes can't be handed on: ${pump.failure ?? ''}`,
      cure: 'Remove the cause; the server tries again by itself and nothing is lost.',
    });
  const oldest = await db.first<{ at_ms: number }>(
    sql`SELECT at_ms FROM {vestibule_change} ORDER BY change_id LIMIT 1`,
  );
  if (pump?.failing_since_ms == null && oldest && nowMs - oldest.at_ms > patience)
    problems.push({
      code: 'CAPTURE_PUMP_IDLE',
      message: `Changes have waited since ${new Date(oldest.at_ms).toISOString()} and nobody hands them on.`,
      cure: 'Start a server of this host, or set change_capture/general/background to 1 on one that runs.',
    });
  return problems;
}
