import type { Connection } from '../../../modules/connection/index.ts';
import { Customers } from '../../../modules/customer/index.ts';
import { Clock, type Database, sql, type TestHost } from '../../../modules/framework/index.ts';
import { GuardJobs } from '../../../modules/provisioning/guard/job/guard-jobs.ts';
import { limitOf } from '../../../modules/provisioning/guard/limit.ts';
import { GroupProvisioner, GuardHolds, UserProvisioner } from '../../../modules/provisioning/index.ts';
import type { ProvisioningContext } from '../../../modules/provisioning/room.ts';
import { groupResourceType, readPatch, ScimError, userResourceType } from '../../../modules/scim/index.ts';

/** How a provider takes leave of people. */
type Style = 'deactivates' | 'deactivates, then deletes' | 'deletes' | 'empties groups, then deletes';
const styles: readonly Style[] = [
  'deactivates',
  'deactivates, then deletes',
  'deletes',
  'empties groups, then deletes',
];

interface Person {
  readonly id: string;
  readonly groups: Set<string>;
  /** Day on which the provider deletes it for good. */
  deletedOn?: number;
}

export interface Life {
  readonly days: number;
  readonly requests: number;
  /** What the guard held though it was an ordinary day. */
  readonly falseTrips: readonly string[];
  readonly people: number;
  /** Disasters so far, and how many of their requests were held. */
  readonly waves: number;
  readonly held: number;
  day(): Promise<void>;
  /** Somebody breaks the provider: answers what went wrong with the guard, nothing if all is well. */
  wave(): Promise<string | undefined>;
}

/** The same numbers for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface LifeOptions {
  readonly host: TestHost;
  readonly database: Database;
  readonly advance: (seconds: number) => void;
  readonly connection: Connection;
  readonly size: number;
  readonly random: () => number;
}

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The life of a company as its store sees it: joiners, leavers, movers, test users, and now and then a disaster. */
export async function beginLife({ host, database, advance, connection, size, random }: LifeOptions): Promise<Life> {
  const [users, groups, holds] = [
    host.resolve(UserProvisioner),
    host.resolve(GroupProvisioner),
    host.resolve(GuardHolds),
  ];
  await host.resolve(Customers).ready(database);
  const style = styles[Math.floor(random() * styles.length)] as Style;
  const departments: string[] = [];
  const people = new Map<string, Person>();
  const leavers = new Map<string, Person>();
  const falseTrips: string[] = [];
  let [days, requests, serial, waves, held] = [0, 0, 0, 0, 0];

  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (p: number): boolean => random() < p;
  const some = <T>(list: readonly T[], p: number): T[] => list.filter(() => chance(p));
  const context = (): ProvisioningContext => {
    requests++;
    return {
      caller: { connection, tokenId: 1, tokenName: 'life', scopes: [], notes: [] },
      requestId: `life-${requests}`,
      now: host.resolve(Clock).now(),
      mode: 'compat',
      baseUrl: 'https://shop.example/scim/v2',
      projection: { only: new Map() },
      notes: [],
      ignored: [],
    } as ProvisioningContext;
  };
  const operations = (op: string, path: string, value: unknown, type = userResourceType) =>
    readPatch({ schemas: [patchSchema], Operations: [{ op, path, value }] }, type);

  /** True where it passed; false where the guard held it. */
  async function passes(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof ScimError && error.code === 'SCIM_HELD') return false;
      throw error;
    }
  }
  async function ordinary(what: string, work: () => Promise<unknown>): Promise<void> {
    if (!(await passes(work))) falseTrips.push(`day ${days}, ${people.size} people, ${what}`);
  }

  const deactivate = (id: string) => users.patch(context(), id, operations('replace', 'active', false));
  const activate = (id: string) => users.patch(context(), id, operations('replace', 'active', true));
  const remove = (id: string) => users.delete(context(), id);
  const change = (group: string, op: 'add' | 'remove', ids: readonly string[]) =>
    groups.patch(
      context(),
      group,
      operations(
        op,
        'members',
        ids.map((value) => ({ value })),
        groupResourceType,
      ),
    );

  async function join(inGroup = true): Promise<Person> {
    const n = ++serial;
    const { id } = await users.create(context(), {
      userName: `p${n}@${connection.code}.example`,
      externalId: `${connection.code}-${n}`,
      name: { givenName: 'Pat', familyName: `Nr ${n}` },
    });
    const person: Person = { id: String(id), groups: new Set() };
    people.set(person.id, person);
    if (inGroup)
      for (const group of new Set([pick(departments), ...(chance(0.2) ? [pick(departments)] : [])]))
        await enter(person, group);
    return person;
  }
  async function enter(person: Person, group: string): Promise<void> {
    await change(group, 'add', [person.id]);
    person.groups.add(group);
  }
  async function exit(person: Person, group: string): Promise<void> {
    await ordinary('a mover or leaver leaves a group', () => change(group, 'remove', [person.id]));
    person.groups.delete(group);
  }

  async function leave(person: Person): Promise<void> {
    people.delete(person.id);
    if (style === 'empties groups, then deletes') for (const group of [...person.groups]) await exit(person, group);
    if (style === 'deletes' || style === 'empties groups, then deletes')
      return ordinary('a leaver is deleted', () => remove(person.id));
    await ordinary('a leaver is deactivated', () => deactivate(person.id));
    if (chance(0.5)) for (const group of [...person.groups]) await exit(person, group);
    if (style === 'deactivates, then deletes') person.deletedOn = days + 30;
    leavers.set(person.id, person);
  }

  async function move(person: Person, to: string): Promise<void> {
    const from = [...person.groups].filter((group) => group !== to);
    if (chance(0.5)) {
      await enter(person, to);
      for (const group of from) await exit(person, group);
    } else {
      for (const group of from) await exit(person, group);
      await enter(person, to);
    }
  }

  /** A third of a department goes to another one: in two requests, who comes first. */
  async function reorganise(): Promise<void> {
    const [from, to] = [pick(departments), pick(departments)];
    if (from === to) return;
    const moving = some(
      [...people.values()].filter(({ groups: of }) => of.has(from)),
      0.35,
    );
    if (moving.length === 0) return;
    const ids = moving.map(({ id }) => id);
    await change(to, 'add', ids);
    await ordinary('a department moves', () => change(from, 'remove', ids));
    for (const person of moving) {
      person.groups.add(to);
      person.groups.delete(from);
    }
  }

  async function tryOut(): Promise<void> {
    for (let i = 3 + Math.floor(random() * 30); i > 0; i--) {
      const { id } = await join();
      people.delete(id);
      if (chance(0.7)) await ordinary('a test user is deactivated', () => deactivate(id));
      await ordinary('a test user is deleted', () => remove(id));
    }
  }

  async function day(): Promise<void> {
    days++;
    advance(Math.floor(random() * 6 * 3600));
    const monthEnd = days % 30 === 0;
    // Providers work in cycles: what happened during the day comes at once.
    for (const person of some([...people.values()], monthEnd ? 0.012 : 0.0015)) await leave(person);
    while (people.size < size && chance(0.7)) await join();
    if (monthEnd) while (people.size < size) await join();
    for (const person of some([...people.values()], 0.003)) await move(person, pick(departments));
    if (chance(1 / 60)) await reorganise();
    if (chance(1 / 12)) await tryOut();
    for (const person of [...leavers.values()]) {
      if (person.deletedOn !== undefined && person.deletedOn <= days) {
        leavers.delete(person.id);
        await ordinary('who left a month ago is deleted', () => remove(person.id));
      } else if (chance(0.002)) {
        leavers.delete(person.id);
        delete person.deletedOn;
        await activate(person.id);
        people.set(person.id, person);
      }
    }
    advance(86_400 - Math.floor(random() * 6 * 3600));
  }

  const state = async () => ({
    active: (
      await database.all<{ id: number }>(
        sql`SELECT u.customer_id AS id FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id WHERE u.connection_id = ${connection.id} AND u.is_deleted = 0 AND c.is_active = 1 ORDER BY u.customer_id`,
      )
    ).map(({ id }) => id),
    members: (
      await database.all<{ id: string }>(
        sql`SELECT CONCAT(m.group_id, '/', m.customer_id) AS id FROM {vestibule_group_member} m JOIN {vestibule_group} g ON g.group_id = m.group_id AND g.generation = m.generation JOIN {customer_entity} c ON c.entity_id = m.customer_id AND c.is_active = 1 WHERE g.connection_id = ${connection.id} ORDER BY m.group_id, m.customer_id`,
      )
    ).map(({ id }) => id),
  });

  /** Everything that a broken provider might send, for these people. */
  function disaster(victims: readonly Person[]): (() => Promise<unknown>)[] {
    switch (Math.floor(random() * 5)) {
      case 0:
        return victims.map(
          ({ id }) =>
            () =>
              deactivate(id),
        );
      case 1:
        return victims.map(
          ({ id }) =>
            () =>
              remove(id),
        );
      case 2:
        return victims.flatMap(({ id }) => [() => deactivate(id), () => remove(id)]);
      case 3:
        return victims.flatMap(({ id, groups: of }) => [...of].map((group) => () => change(group, 'remove', [id])));
      default:
        return victims.map(({ id, groups: of }, i) =>
          i % 2 === 0
            ? () => deactivate(id)
            : () => (of.size === 1 ? change([...of][0] as string, 'remove', [id]) : remove(id)),
        );
    }
  }

  async function wave(): Promise<string | undefined> {
    advance(3700);
    const all = [...people.values()].filter(({ groups: of }) => of.size > 0);
    const before = await state();
    const limit = limitOf(connection.policy, before.active.length);
    if (all.length <= limit + 1) return undefined;
    const victims = all.slice(0, limit + 1 + Math.floor(random() * (all.length - limit)));
    const requestsOfWave = disaster(victims);
    const step = Math.floor((random() * 3000) / requestsOfWave.length);
    const heldBefore = held;
    waves++;
    const known = (await holds.list({ connectionId: connection.id, limit: 1 }))[0]?.id ?? 0;
    for (const request of requestsOfWave) {
      if (!(await passes(request).catch(isMoot))) held++;
      advance(step);
    }
    const [hold] = await holds.list({ connectionId: connection.id, limit: 1 });
    if (!hold || hold.id === known || held === heldBefore)
      return `day ${days}: a wave over ${victims.length} of ${all.length} people passed`;
    const { passed } = await holds.show(hold.id, 1);
    if (passed > limit) return `day ${days}: ${passed} passed, where ${limit} may`;
    const decision = chance(0.5) ? 'approve' : 'deny';
    await holds[decision](hold.id, { actor: 'campaign' });
    await settled(hold.id);
    if (decision === 'approve') {
      const { failed, waiting } = await holds.show(hold.id, 1);
      if (failed + waiting > 0)
        return `day ${days}: ${failed} requests failed and ${waiting} are left of an approved hold`;
      const gone = new Set(victims.map(({ id }) => Number(id.split('-')[0])));
      const after = await state();
      const still = after.active.filter(
        (id) => gone.has(id) && after.members.some((member) => member.endsWith(`/${id}`)),
      );
      if (still.length > 0) return `day ${days}: ${still.length} people kept everything though the wave was approved`;
    }
    await holds.restore(hold.id, { actor: 'campaign' });
    await settled(hold.id);
    const after = await state();
    if (JSON.stringify(after) !== JSON.stringify(before))
      return `day ${days}: after the restore ${after.active.length} are active (${before.active.length} before), ${after.members.length} memberships (${before.members.length})`;
    return undefined;
  }

  async function settled(holdId: number): Promise<void> {
    await host.resolve(GuardJobs).drain();
    const { status, restore } = await holds.show(holdId, 1);
    if (status === 'approved' || restore === 'running') throw new Error(`hold ${holdId} is not settled`);
  }

  for (let i = 0; i < Math.max(2, Math.ceil(size / 40)); i++)
    departments.push(String((await groups.create(context(), { displayName: `Department ${i}` })).id));
  while (people.size < size) await join();
  advance(7200);
  return {
    get days() {
      return days;
    },
    get requests() {
      return requests;
    },
    get waves() {
      return waves;
    },
    get held() {
      return held;
    },
    get people() {
      return people.size;
    },
    falseTrips,
    day,
    async wave() {
      const wrong = await wave();
      // A denial stands for a week.
      advance(8 * 86_400);
      days += 8;
      return wrong;
    },
  };
}

/** Part of a wave may meet somebody who is gone already. */
function isMoot(error: unknown): boolean {
  if (error instanceof ScimError && error.status === 404) return true;
  throw error;
}
