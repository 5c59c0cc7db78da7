import type { Activities, ModifiedAttribute } from '../../activity/index.ts';
import type { Connection, Connections } from '../../connection/index.ts';
import type { Clock, Database, Environment, Events, Transaction } from '../../framework/index.ts';
import { sql, sqlTimestamp } from '../../framework/index.ts';
import { SamlAttention } from '../attention.ts';
import { SamlError } from '../error.ts';
import { suspendTrust } from '../provider/certificate/states.ts';
import type { SamlProviders } from '../provider/providers.ts';
import { holdProvider, type ProviderRecord, writeProvider } from '../provider/rows.ts';
import { SamlSettingsError } from '../provider/settings-error.ts';
import { changeOf, problemOf, tellCertificates } from './attention.ts';
import { believedBy, pinRefusal } from './believed.ts';
import { factsDifference } from './facts-difference.ts';
import type { FetchMetadata } from './fetch.ts';
import type { IdpMetadata, MetadataReport } from './idp-metadata.ts';
import { type TakenCertificates, takeCertificates } from './listed.ts';
import { type MetadataReading, readMetadata } from './read.ts';

export interface MetadataNeeds {
  readonly database: Database;
  readonly connections: Connections;
  readonly providers: SamlProviders;
  readonly activities: Activities;
  readonly environment: Environment;
  readonly events: Events;
  readonly clock: Clock;
  readonly fetch: FetchMetadata;
}

/** Metadata over `vestibule_saml_provider` and `…_certificate`. */
export function createIdpMetadata(needs: MetadataNeeds): IdpMetadata {
  const { database, connections, providers, activities, environment, events, clock, fetch } = needs;

  function record(
    tx: Transaction,
    connection: Connection,
    entry: { operation: string; actor: string; modified: readonly ModifiedAttribute[]; notes: readonly string[] },
  ): void {
    activities.record(tx, {
      at: clock.now(),
      outcome: 'done',
      status: 200,
      connectionId: connection.id,
      subject: connection.code,
      changed: entry.modified.map(({ attribute }) => attribute),
      ...entry,
    });
    tx.afterCommit(() => providers.forget(connection));
  }

  /** Remembers why a refresh failed; the first time that it fails for this reason, an administrator is told. */
  async function failed(connection: Connection, error: SamlError): Promise<void> {
    const problem = error.message.slice(0, 1_000);
    await database.transaction(async (tx) => {
      const before = await holdProvider(tx, connection.id);
      tx.later(
        sql`UPDATE {vestibule_saml_provider} SET metadata_tried_at = ${sqlTimestamp(clock.now())}, metadata_problem = ${problem} WHERE connection_id = ${connection.id}`,
      );
      if (before.problem === null) await events.emit(SamlAttention, problemOf(connection, problem, clock.now()), tx);
    });
  }

  return {
    async import(code, given, actor = 'administration') {
      // A change of nothing: the connection's keys are made if it has none.
      const { connection, certificates, source } = await providers.change(code, {}, actor);
      const text = 'text' in given ? given.text : await fetch(given.url);
      const now = clock.now();
      const believed = believedBy(source.certificate, certificates);
      const reading = readMetadata(text, {
        entityId: given.entityId,
        believed,
        now,
        baseUrl: environment.baseUrl,
      });
      return database.transaction(async (tx) => {
        const before = await holdProvider(tx, connection.id);
        const another = before.idp !== undefined && before.idp.entityId !== reading.facts.entityId;
        if (another) await suspendTrust(tx, connection.id);
        const taken = await takeCertificates(tx, connection.id, reading.certificates, 'trusted', now);
        const url = 'url' in given ? given.url : another ? null : before.metadataUrl;
        writeProvider(tx, connection.id, { ...applied(before, reading, now), metadataUrl: url });
        const facts = factsDifference(before.idp, reading.facts);
        const notes = [
          ...reading.notes,
          ...taken.notes,
          ...(another
            ? [`The identity provider was ${before.idp?.entityId} before: its certificates count no more.`]
            : []),
        ];
        const report = reportOf(reading, taken, facts, true, notes);
        record(tx, connection, {
          operation: 'saml.metadata.import',
          actor,
          modified: facts,
          notes: [...notes, ...tellCertificates(report)],
        });
        return report;
      });
    },

    async refresh(code, actor = 'administration') {
      const { connection, idp, certificates, source } = await providers.configuration(database, code);
      if (source.url === null || !idp)
        throw new SamlSettingsError(
          'metadataUrl',
          `No address of the metadata of "${code}" is known; saml:metadata:import --connection ${code} --url sets it.`,
        );
      const now = clock.now();
      let reading: MetadataReading;
      try {
        reading = readMetadata(await fetch(source.url), {
          entityId: idp.entityId,
          believed: believedBy(source.certificate, certificates),
          now,
          baseUrl: environment.baseUrl,
        });
        const refusal = pinRefusal(source.certificate, reading);
        if (refusal) throw refusal;
      } catch (error) {
        if (error instanceof SamlError) await failed(connection, error);
        throw error;
      }
      return database.transaction(async (tx) => {
        const before = await holdProvider(tx, connection.id);
        const believed = reading.signedBy !== null;
        const taken = await takeCertificates(
          tx,
          connection.id,
          reading.certificates,
          believed ? 'trusted' : 'offered',
          now,
        );
        const facts = factsDifference(before.idp, reading.facts);
        const pending = !believed && facts.length > 0;
        writeProvider(
          tx,
          connection.id,
          believed
            ? applied(before, reading, now)
            : { ...read(before, now), offered: pending ? reading.facts : undefined },
        );
        const waits = pending || taken.offered.length > 0;
        const report = reportOf(reading, taken, facts, !waits, [...reading.notes, ...taken.notes]);
        const factsAreNews =
          facts.length > 0 && (!before.offered || factsDifference(before.offered, reading.facts).length > 0);
        const isNews =
          factsAreNews || taken.trusted.length > 0 || taken.offered.length > 0 || taken.justVanished.length > 0;
        if (!isNews) return report;
        record(tx, connection, {
          operation: 'saml.metadata.refresh',
          actor,
          modified: facts,
          notes: [...report.notes, ...tellCertificates(report)],
        });
        if (waits || taken.justVanished.length > 0)
          await events.emit(SamlAttention, changeOf(connection, report, now), tx);
        return report;
      });
    },

    async takeOver(code, actor = 'administration') {
      const connection = await connections.byCode(database, code);
      await database.transaction(async (tx) => {
        const before = await holdProvider(tx, connection.id);
        const { offered } = before;
        if (!offered)
          throw new SamlSettingsError('offered', `The metadata of "${code}" offers nothing that is not in effect.`);
        writeProvider(tx, connection.id, { ...withFacts(before, offered), offered: undefined });
        record(tx, connection, {
          operation: 'saml.metadata.take-over',
          actor,
          modified: factsDifference(before.idp, offered),
          notes: [],
        });
      });
    },
  };
}

/** As read just now, without a complaint. */
const read = (before: ProviderRecord, now: Date): ProviderRecord => ({
  ...before,
  readAt: sqlTimestamp(now),
  triedAt: sqlTimestamp(now),
  problem: null,
});

/** With these facts in effect; an identity provider that wants requests signed gets them signed. */
const withFacts = (before: ProviderRecord, facts: MetadataReading['facts']): ProviderRecord => ({
  ...before,
  idp: facts,
  settings: { ...before.settings, signRequests: before.settings.signRequests || facts.wantsSignedRequests },
});

const applied = (before: ProviderRecord, { facts }: MetadataReading, now: Date): ProviderRecord => ({
  ...withFacts(read(before, now), facts),
  offered: undefined,
});

const reportOf = (
  { facts: { entityId }, signedBy }: MetadataReading,
  { trusted, offered, vanished }: TakenCertificates,
  facts: readonly ModifiedAttribute[],
  isApplied: boolean,
  notes: readonly string[],
): MetadataReport => ({ entityId, trusted, offered, vanished, facts, applied: isApplied, signedBy, notes });
