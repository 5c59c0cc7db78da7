import { randomUUID } from 'node:crypto';
import { ChangePump } from 'vestibule/change-capture';
import { CustomerGroups, Customers } from 'vestibule/customer';
import { Config, sql } from 'vestibule/framework';
import { type AdministeredHost, openAdministeredHost } from '../../../test/setup/administered-host.ts';
import type { TestEngine } from '../../../test/setup/databases.ts';
import { CourseJobs, Mappings, type NewMapping } from '../index.ts';
import { signatureOf } from '../lms/standard-webhooks.ts';
import courseSync from '../module.ts';
import { queueLines } from '../queue/queue.ts';
import { moodleToken, openMoodle, type StandInMoodle } from './moodle.ts';

export const orderSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** A host with the course sync and a Moodle beside it. Nothing runs by itself: `settle` does what is due. */
export interface CourseRoom extends AdministeredHost {
  readonly moodle: StandInMoodle;
  map(mapping: NewMapping): Promise<number>;
  unmap(id: number, parting: 'keep' | 'take-back'): Promise<void>;
  /** Sends a signed order event; answers `taken`, `older` … or the status where it is refused. */
  order(order: string, customerId: number | null, items: Readonly<Record<string, boolean>>, at?: Date): Promise<string>;
  post(body: string, change?: Readonly<Record<string, string>>): Promise<Response>;
  /** Writes a customer as a storefront would. */
  change(customerId: number, attributes: Readonly<Record<string, string | number>>): Promise<void>;
  /** The id of a customer group. */
  group(code: string): Promise<number>;
  /** Hands changes on and does everything that is due. Answers for how many customers. */
  settle(): Promise<number>;
  /** `42 failed: note` for every line of the queue. */
  queue(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openCourseRoom(engine: TestEngine): Promise<CourseRoom> {
  const moodle = await openMoodle(['SAFETY', 'WELCOME', 'STAFF', 'EXTRA']);
  const host = await openAdministeredHost(engine, [courseSync], {
    config: {
      'course_sync/lms/adapter': 'moodle',
      'course_sync/lms/url': moodle.url,
      'course_sync/lms/allowed_hosts': [moodle.host],
      'course_sync/orders/secret': orderSecret,
      'course_sync/orders/walk': true,
    },
  });
  const { database } = host;
  const { resolve } = host.host;
  await resolve(Config).set('course_sync/lms/token', moodleToken);
  const mappings = resolve(Mappings);
  const now = () => host.now();

  const room: CourseRoom = {
    ...host,
    moodle,
    map: async (mapping) => (await database.transaction((tx) => mappings.add(tx, mapping, now(), 'ada'))).id,
    unmap: (id, parting) => database.transaction((tx) => mappings.remove(tx, id, parting, now(), 'ada')),
    post(body, change = {}) {
      const message = { id: `msg_${randomUUID()}`, timestamp: Math.floor(now().getTime() / 1_000), body };
      const headers = {
        'content-type': 'application/json',
        'webhook-id': message.id,
        'webhook-timestamp': String(message.timestamp),
        'webhook-signature': signatureOf(message, orderSecret),
        ...change,
      };
      return fetch(`${host.url}/course-sync/orders`, { method: 'POST', headers, body });
    },
    async order(order, customerId, items, at = now()) {
      const list = Object.entries(items).map(([sku, paid]) => ({ sku, paid }));
      const answer = await room.post(JSON.stringify({ order, at: at.toISOString(), customerId, items: list }));
      const { result } = (await answer.json()) as { result?: string };
      return result ?? String(answer.status);
    },
    change: (customerId, attributes) =>
      database.transaction(async (tx) => {
        const customers = resolve(Customers);
        const current = await customers.byId(tx, customerId, { forUpdate: true });
        if (current) await customers.update(tx, current, attributes, now());
      }),
    group: async (code) => (await resolve(CustomerGroups).byCode(database, code))?.id ?? 0,
    async settle() {
      await resolve(ChangePump).pump();
      return resolve(CourseJobs).look();
    },
    async queue() {
      const lines = await queueLines(database, {}, 0, 100, now().getTime());
      return lines.map(({ customerId, state, note }) => `${customerId} ${state}${note === null ? '' : `: ${note}`}`);
    },
    async close() {
      await host.close();
      await moodle.close();
    },
  };
  return room;
}

/** Everything of the module is empty again, and Moodle has nobody. */
export async function clear({ database, moodle }: CourseRoom): Promise<void> {
  await database.run(sql`DELETE FROM {vestibule_course_mapping}`);
  await database.run(sql`DELETE FROM {vestibule_course_reason}`);
  await database.run(sql`DELETE FROM {vestibule_course_user}`);
  await database.run(sql`DELETE FROM {vestibule_course_enrolment}`);
  await database.run(sql`DELETE FROM {vestibule_course_order}`);
  await database.run(sql`DELETE FROM {vestibule_course_queue}`);
  await database.run(sql`DELETE FROM {vestibule_course_log}`);
  moodle.clear();
}
