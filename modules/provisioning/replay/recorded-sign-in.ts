import type { Connection } from '../../connection/index.ts';
import { type Executor, type ExtensionPoint, extensionPoint } from '../../framework/index.ts';
import type { ReceivedPayload } from '../preview/received-payloads.ts';
import type { Arrival } from '../sign-in/sign-ins.ts';

/** A protocol by which people sign in, and what its records hold of them. */
export interface RecordedSignIns {
  /** The operation of its records. */
  readonly operation: string;
  /** Who came, under the settings of today; a sentence says why that can't be told. Reads alone. */
  arrival(db: Executor, connection: Connection, request: ReceivedPayload): Promise<Arrival | string>;
}
export const RecordedSignIns: ExtensionPoint<RecordedSignIns> =
  extensionPoint<RecordedSignIns>('provisioning.RecordedSignIns');
