import { Activities, type StoredActivity } from '../../../modules/activity/index.ts';
import { type Connection, Connections } from '../../../modules/connection/index.ts';
import {
  Clock,
  createTestHost,
  type ModuleManifest,
  type Override,
  type TestHost,
  type TestHostOptions,
} from '../../../modules/framework/index.ts';
import { KeyPairs, SamlCertificates, SamlKeys, SamlProviders } from '../../../modules/saml/index.ts';
import saml from '../../../modules/saml/module.ts';
import type { OpenedDatabase, TestEngine } from '../../setup/databases.ts';
import { fewKeyPairs } from './key-pairs.ts';

/** The SAML room on a store of its own, with a clock that stands still. */
export interface SamlRoom {
  readonly database: OpenedDatabase['database'];
  readonly host: TestHost;
  readonly providers: SamlProviders;
  readonly keys: SamlKeys;
  readonly certificates: SamlCertificates;
  now(): Date;
  advance(milliseconds: number): void;
  connect(code: string): Promise<Connection>;
  /** Everything recorded under an operation, newest first. */
  records(operation: string): Promise<StoredActivity[]>;
  close(): Promise<void>;
}

export interface SamlRoomOptions {
  readonly modules?: readonly ModuleManifest[];
  readonly override?: readonly Override[];
  readonly config?: TestHostOptions['config'];
}

export async function openSamlRoom(engine: TestEngine, options: SamlRoomOptions = {}): Promise<SamlRoom> {
  const opened = await engine.open({ migrated: true });
  const { database } = opened;
  let time = Date.parse('2026-05-06T12:00:00.500Z');
  const now = () => new Date(time);
  const host = await createTestHost({
    modules: [saml, ...(options.modules ?? [])],
    database,
    override: [[Clock, { now }], [KeyPairs, fewKeyPairs], ...(options.override ?? [])],
    ...(options.config ? { config: options.config } : {}),
  });
  const connections = host.resolve(Connections);
  const activities = host.resolve(Activities);
  return {
    database,
    host,
    providers: host.resolve(SamlProviders),
    keys: host.resolve(SamlKeys),
    certificates: host.resolve(SamlCertificates),
    now,
    advance(milliseconds) {
      time += milliseconds;
    },
    connect: (code) => database.transaction((tx) => connections.create(tx, { code, name: code, websiteId: 1 }, now())),
    async records(operation) {
      await activities.flush();
      const all = await activities.recent(database, { limit: 1000 });
      return all.filter((record) => record.operation === operation);
    },
    async close() {
      await host.close();
      await opened.dispose();
    },
  };
}
