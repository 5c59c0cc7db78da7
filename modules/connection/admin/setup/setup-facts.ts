import { type Executor, type ExtensionPoint, extensionPoint } from '../../../framework/index.ts';
import type { Connection } from '../../connection.ts';

/** A label and what it is at present, in words. */
export type SetupFact = readonly [label: string, text: string];

/** What other rooms tell an identity administrator of a connection's settings when the set-up is finished. */
export interface SetupFacts {
  of(db: Executor, connection: Connection): Promise<readonly SetupFact[]>;
}
export const SetupFacts: ExtensionPoint<SetupFacts> = extensionPoint<SetupFacts>('connection.SetupFacts');
