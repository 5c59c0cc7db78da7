import {
  type ConnectionMapping,
  type MappingVersions,
  type RequirementState,
  requirements,
  stateOf,
  type UserMapping,
  type WhichMapping,
} from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import { type Database, type ServiceToken, service } from '../../framework/index.ts';
import type { ReceivedPayload, ReceivedPayloads } from './received-payloads.ts';

/** The attributes that a connection's provider has to send, with a light each. */
export interface Lights {
  /** The request that they were read from; null where none was received yet. */
  readonly from: Pick<ReceivedPayload, 'record' | 'at' | 'subject'> | null;
  readonly states: readonly RequirementState[];
}

/** What previews and impact runs try, and what they try it with. */
export interface Trials {
  /**
   * The mapping that is meant, ready to be used; undefined for the one in effect.
   * @throws MappingError `DRAFT_MISSING`, `VERSION_UNKNOWN`
   */
  mapping(connection: Connection, which: WhichMapping): Promise<ConnectionMapping | undefined>;
  /** Which required and recommended attributes the last whole user held that was received. */
  lights(connection: Connection): Promise<Lights>;
}
export const Trials: ServiceToken<Trials> = service<Trials>('provisioning.Trials');

export interface TrialParts {
  readonly database: Database;
  readonly mapping: UserMapping;
  readonly versions: MappingVersions;
  readonly payloads: ReceivedPayloads;
}

export function createTrials({ database, mapping, versions, payloads }: TrialParts): Trials {
  return {
    async mapping(connection, which) {
      if (which === 'published') return undefined;
      await mapping.ready(database, connection);
      const document = await versions.get(database, connection, which);
      return mapping.compiled(connection, document, typeof which === 'number' ? which : 0);
    },
    async lights(connection) {
      const last = await payloads.lastUser(connection);
      const from = last ? { record: last.record, at: last.at, subject: last.subject } : null;
      return { from, states: stateOf(requirements(connection.profile), last?.body) };
    },
  };
}
