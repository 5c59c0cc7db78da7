import type { Connection } from '../connection.ts';
import type { CurrentSettings } from './current-settings.ts';
import { FloodGate, type TooSoon } from './flood-gate.ts';
import type { Pace } from './pace.ts';
import type { SharedUse } from './shared-use.ts';

/** Keeps connections to their pace: what is let in here, and what other processes tell that they have let in. */
export class RequestLimits {
  private readonly gate: FloodGate<number>;
  private readonly letIn: (connectionId: number, amount: number) => void;
  /** As it was when a request came last: what happens elsewhere comes without it. */
  private readonly paces = new Map<number, Pace>();

  /** `now` answers milliseconds that never go back; `letIn` is told of all that pass here. */
  constructor(now: () => number, letIn: (connectionId: number, amount: number) => void = () => {}) {
    this.gate = new FloodGate(0, now);
    this.letIn = letIn;
  }

  /** Counts a request, or answers that it came too soon. */
  admit(connection: Connection, settings: CurrentSettings): TooSoon | undefined {
    const pace = this.paceOf(connection, settings);
    const tooSoon = pace && this.gate.pass(connection.id, pace);
    if (pace && !tooSoon) this.letIn(connection.id, 1);
    return tooSoon;
  }

  /** Counts what came in one request but is as much work as many. */
  charge(connection: Connection, settings: CurrentSettings, amount: number): void {
    const pace = this.paceOf(connection, settings);
    if (!pace) return;
    this.gate.charge(connection.id, pace, amount);
    this.letIn(connection.id, amount);
  }

  /** Counts what another process has let in. Of a connection that never came here nothing has to be known. */
  chargeElsewhere(connectionId: number, amount: number): void {
    const pace = this.paces.get(connectionId);
    if (pace) this.gate.charge(connectionId, pace, amount);
  }

  private paceOf(connection: Connection, settings: CurrentSettings): Pace | undefined {
    const pace = paceOf(connection, settings);
    if (pace) this.paces.set(connection.id, pace);
    else this.paces.delete(connection.id);
    return pace;
  }
}

/** Limits that a connection keeps to on all server processes together. */
export function limitsTogether(now: () => number, use: SharedUse): RequestLimits {
  const limits = new RequestLimits(now, (id, amount) => use.note(id, amount));
  use.heed((id, amount) => limits.chargeElsewhere(id, amount));
  return limits;
}

function paceOf({ policy }: Connection, settings: CurrentSettings): Pace | undefined {
  const perSecond = policy.requestsPerSecond ?? settings.requestsPerSecond;
  return perSecond === 0 ? undefined : { perSecond, burst: Math.max(1, perSecond * settings.burstSeconds) };
}
