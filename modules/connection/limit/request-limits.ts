import type { Connection } from '../connection.ts';
import type { CurrentSettings } from './current-settings.ts';
import { FloodGate, type TooSoon } from './flood-gate.ts';
import type { Pace } from './pace.ts';

/** Keeps connections to their pace. Each process counts for itself, so n of them let n times as much through. */
export class RequestLimits {
  private readonly gate: FloodGate<number>;

  constructor(now: () => number) {
    this.gate = new FloodGate(0, now);
  }

  /** Counts a request, or answers that it came too soon. */
  admit(connection: Connection, settings: CurrentSettings): TooSoon | undefined {
    const pace = paceOf(connection, settings);
    return pace && this.gate.pass(connection.id, pace);
  }

  /** Counts what came in one request but is as much work as many. */
  charge(connection: Connection, settings: CurrentSettings, amount: number): void {
    const pace = paceOf(connection, settings);
    if (pace) this.gate.charge(connection.id, pace, amount);
  }
}

function paceOf({ policy }: Connection, settings: CurrentSettings): Pace | undefined {
  const perSecond = policy.requestsPerSecond ?? settings.requestsPerSecond;
  return perSecond === 0 ? undefined : { perSecond, burst: Math.max(1, perSecond * settings.burstSeconds) };
}
