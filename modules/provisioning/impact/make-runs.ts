import type { Computed, ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import type { Clock } from '../../framework/index.ts';
import { ScimError } from '../../scim/index.ts';
import { mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { printUserId } from '../user/user-id.ts';
import { holdUser, type UserRecord } from '../user/user-record.ts';
import { changesIn } from './changes-in.ts';
import { countLinked, linkedUsers } from './linked-users.ts';
import { MappingRunError, type MappingRunEvent, type MappingRuns } from './mapping-run.ts';
import { pinnedRoom } from './pinned-room.ts';
import { cureOfFailure, refusalOf } from './refusal.ts';
import { needsWriting, type Remapping, remapping, writeRemapping } from './remap.ts';
import { runContext } from './run-context.ts';
import { beginRun, endRun, latestRuns, noteProgress, type RunPlace, runById } from './run-rows.ts';

/** Customers that were passed and are not noted yet. */
interface Tally {
  from: number;
  to: number;
  same: number;
  failed: number;
}

export function createRuns(room: Room, clock: Clock): MappingRuns {
  const { database } = room;
  return {
    async latest(db, { id }) {
      return (await latestRuns(db, id)).map(({ last: _, ...run }) => run);
    },
    async *apply(connection, actor) {
      await room.mapping.ready(database, connection);
      const mapping = room.mapping.of(connection);
      const known = await unfinished(room, connection, mapping);
      const total = await countLinked(database, connection.id);
      const run =
        known ??
        (await beginRun(
          database,
          { connectionId: connection.id, version: mapping.version, actor, total },
          clock.now(),
        ));
      const work = new Work(room, connection, mapping, run);
      for await (const records of linkedUsers(room, mapping, connection.id, run.last)) {
        await requireSameVersion(room, connection, run, clock);
        yield* work.through(records, runContext(connection, `${actor}, mapping:apply`, clock.now()));
        yield { kind: 'progress', done: work.done, total: run.total };
      }
      await endRun(database, run.id, 'done', clock.now());
      await room.activities.flush();
      const { last: _, ...ended } = await runById(database, run.id);
      yield { kind: 'summary', resumed: known !== undefined, ...ended };
    },
  };
}

/** The run that was killed, or is at work elsewhere, for the same version. */
async function unfinished(
  room: Room,
  { id }: Connection,
  { version }: ConnectionMapping,
): Promise<RunPlace | undefined> {
  const [latest] = await latestRuns(room.database, id);
  return latest?.state === 'running' && latest.version === version ? latest : undefined;
}

async function requireSameVersion(room: Room, connection: Connection, run: RunPlace, clock: Clock): Promise<void> {
  await room.customers.ready(room.database);
  await room.mapping.ready(room.database, connection);
  const { version } = room.mapping.of(connection);
  if (version === run.version) return;
  await endRun(room.database, run.id, 'stopped', clock.now());
  throw new MappingRunError(
    'VERSION_CHANGED',
    `Version ${version} of the mapping was published while version ${run.version} was being applied, so the run has stopped; run mapping:apply again.`,
  );
}

/** The way of one run through the customers. */
class Work {
  readonly #room: Room;
  readonly #connection: Connection;
  readonly #run: RunPlace;
  readonly #tally: Tally;
  done: number;

  constructor(room: Room, connection: Connection, mapping: ConnectionMapping, run: RunPlace) {
    this.#room = pinnedRoom(room, mapping);
    this.#connection = connection;
    this.#run = run;
    this.#tally = { from: run.last, to: run.last, same: 0, failed: 0 };
    this.done = run.changed + run.same + run.failed;
  }

  async *through(records: readonly UserRecord[], context: ProvisioningContext): AsyncGenerator<MappingRunEvent> {
    for (const record of records) {
      const event = await this.#one(record, context);
      this.done++;
      if (event) yield event;
    }
    await this.#note(this.#room.database, this.#tally, 0);
    this.#settle(this.#tally.to);
  }

  async #one(record: UserRecord, context: ProvisioningContext): Promise<MappingRunEvent | undefined> {
    const tally = this.#tally;
    const about = {
      kind: 'customer',
      customerId: record.customerId,
      id: printUserId(record),
      userName: String(record.document.userName),
    } as const;
    tally.to = record.customerId;
    try {
      const planned = await this.#write(record, context);
      if (planned === undefined || planned.changes.targets.length === 0) return undefined;
      return { ...about, outcome: 'changed', changes: changesIn(record, planned.changes) };
    } catch (error) {
      if (error instanceof MappingRunError) throw error;
      const refusal = refusalOf(error);
      tally.failed++;
      this.#refused(record, context, refusal);
      const cure = cureOfFailure(refusal, this.#connection.profile);
      return { ...about, outcome: 'failed', changes: [], message: refusal.message, cure };
    }
  }

  /** Changes the customer together with the place of the run; undefined where there is nothing to write. */
  async #write(read: UserRecord, context: ProvisioningContext): Promise<Remapping | undefined> {
    const room = this.#room;
    const tally = this.#tally;
    let record = read;
    for (;;) {
      const computed = await this.#evaluated(record, context);
      if (!needsWriting(room, context, record, await remapping(room, context, record, computed))) {
        tally.same++;
        return undefined;
      }
      const written = await room.database.transaction(async (tx) => {
        const held = await holdUser(
          tx,
          { customers: room.customers, mapping: room.mapping.of(this.#connection) },
          this.#connection.id,
          record,
        );
        if (!held) return 'gone';
        // Its provider has changed it meanwhile: what expressions came to is of another document.
        if (held.text !== record.text) return held;
        const planned = await remapping(room, context, held, computed, tx);
        await writeRemapping(room, tx, context, held, planned);
        const changed = planned.changes.targets.length > 0 ? 1 : 0;
        await this.#note(tx, { ...tally, same: tally.same + 1 - changed }, changed);
        return { planned };
      });
      if (written === 'gone') {
        tally.same++;
        return undefined;
      }
      if ('planned' in written) {
        this.#settle(record.customerId);
        return written.planned;
      }
      record = written;
    }
  }

  #evaluated({ document }: UserRecord, context: ProvisioningContext): Promise<Computed> | undefined {
    const mapping = mappingFor(this.#room, context);
    return mapping.evaluates ? mapping.evaluate(document) : undefined;
  }

  #note(db: Parameters<typeof noteProgress>[0], { from, to, same, failed }: Tally, changed: number): Promise<void> {
    if (from === to) return Promise.resolve();
    return noteProgress(db, this.#run.id, { from, to, changed, same, failed });
  }

  /** What was noted is not noted again. */
  #settle(to: number): void {
    Object.assign(this.#tally, { from: to, to, same: 0, failed: 0 });
  }

  #refused(record: UserRecord, context: ProvisioningContext, refusal: Error): void {
    this.#room.activities.note({
      at: context.now,
      operation: 'user.remap',
      outcome: 'refused',
      status: refusal instanceof ScimError ? refusal.status : 400,
      connectionId: this.#connection.id,
      customerId: record.customerId,
      subject: String(record.document.userName),
      actor: context.caller.actor,
      requestId: context.requestId,
      reason: refusal.message,
    });
  }
}
