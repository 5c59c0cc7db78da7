import type { StoredActivity } from '../../../activity/index.ts';
import { type Executor, type ExtensionPoint, extensionPoint } from '../../../framework/index.ts';
import type { Connection } from '../../connection.ts';

/** Something that was looked at. `open`: it has not happened yet; `note`: worth knowing. Nothing is wrong with either. */
export interface SetupCheck {
  readonly state: 'good' | 'open' | 'note' | 'warn' | 'bad';
  readonly what: string;
  /** What to do, in the words of the provider's console where it is to be done there. */
  readonly cure?: string | undefined;
}

/**
 * What rooms look at when an identity administrator checks everything. Nothing is sent and nothing changed: only what
 * really came in is judged. `recent` are the connection's newest records, read once for all.
 */
export interface SetupChecks {
  readonly sortOrder: number;
  of(db: Executor, connection: Connection, recent: readonly StoredActivity[]): Promise<readonly SetupCheck[]>;
}
export const SetupChecks: ExtensionPoint<SetupChecks> = extensionPoint<SetupChecks>('connection.SetupChecks');
