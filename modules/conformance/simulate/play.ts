import { randomBytes } from 'node:crypto';
import type { Figures } from './figures.ts';
import type { IdentityProvider, Person, Team } from './identity-provider.ts';
import { type Fault, Session } from './session.ts';

export interface Simulation {
  readonly idp: IdentityProvider;
  readonly base: string;
  readonly token: string;
  readonly users: number;
  /** Leaves people and groups as they are after reactivation. */
  readonly keep: boolean;
  readonly progress: (text: string) => void;
}

export interface SimulationResult extends Figures {
  readonly profile: string;
  readonly users: number;
  readonly faults: readonly Fault[];
  readonly kept: boolean;
  /** Paths of what is left at the service provider: with `keep` what was made, otherwise what would not be deleted. */
  readonly left: readonly string[];
}

/** Plays an identity provider: test connection, match and create, push a group, update, deactivate, reactivate, leave. */
export async function play({ idp, base, token, users, keep, progress }: Simulation): Promise<SimulationResult> {
  const session = new Session(idp, base, token);
  const mark = randomBytes(4).toString('hex');
  const people = Array.from({ length: users }, (_, index) => person(mark, index + 1));
  const team: Team = { name: `Simulation ${mark}`, externalId: `sim-team-${mark}` };

  /** One phase for everybody who is there, with a word now and then. */
  async function each(what: string, step: (one: Person) => Promise<void>, who = people): Promise<void> {
    const every = Math.max(1, Math.ceil(who.length / 4));
    for (const [index, one] of who.entries()) {
      await session.during(`${what} user ${one.number}`, () => step(one));
      if ((index + 1) % every === 0 || index + 1 === who.length) progress(`${what}: ${index + 1} of ${who.length}`);
    }
  }
  const there = (): Person[] => people.filter(({ id }) => id !== undefined);

  try {
    await session.during('test connection', () => idp.connect(session));
    progress('test connection: done');
    await each('create', async (one) => {
      await idp.match?.(session, one);
      if (one.id === undefined) await idp.create(session, one);
    });
    if (idp.groups) await pushGroup(session, idp.groups, team, there(), progress);
    await each('update', (one) => idp.update(session, one), there());
    await each('deactivate', (one) => idp.deactivate(session, one), there());
    await each('reactivate', (one) => idp.reactivate(session, one), there());
    const { groups, remove } = idp;
    if (!keep && groups && team.id !== undefined)
      await session.during('delete group', () => groups.remove(session, team));
    if (!keep && remove) await each('delete', (one) => remove(session, one), there());
    const figures = session.counter.figures();
    const faults = [...session.faults];
    const left = [...(team.id === undefined ? [] : [`/Groups/${team.id}`]), ...there().map(({ id }) => `/Users/${id}`)];
    const rest = keep ? left : await cleanUp(session, left);
    return { profile: idp.code, users, ...figures, faults, kept: keep, left: rest };
  } finally {
    session.close();
  }
}

const person = (mark: string, number: number): Person => ({
  number,
  given: `Sim${number}`,
  family: 'Ulated',
  mail: `sim-${mark}-${number}@example.com`,
  externalId: `sim-${mark}-${number}`,
});

async function pushGroup(
  session: Session,
  groups: NonNullable<IdentityProvider['groups']>,
  team: Team,
  people: readonly Person[],
  progress: Simulation['progress'],
): Promise<void> {
  await session.during('create group', () => groups.create(session, team));
  if (team.id === undefined) return;
  await session.during('add members', () => groups.add(session, team, people));
  if (groups.rename) await session.during('rename group', async () => groups.rename?.(session, team));
  const [first] = people;
  if (first) await session.during('remove member', () => groups.drop(session, team, first));
  progress(`group: ${people.length} members pushed`);
}

/** Deletes what the identity provider itself leaves (Okta deletes no users). Not part of its figures and faults. */
async function cleanUp(session: Session, paths: readonly string[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const path of paths) {
    const status = await session.send('DELETE', path).then(
      (reply) => reply.status,
      () => 0,
    );
    if (status !== 204 && status !== 404) failed.push(path);
  }
  return failed;
}
