import { listOf, textOf } from '../../suite/json.ts';
import type { Person, Team } from '../identity-provider.ts';
import type { Session } from '../session.ts';

/** Reads a group and looks whether its members are these. */
export async function membersAre(session: Session, team: Team, people: readonly Person[]): Promise<void> {
  const reply = await session.send('GET', `/Groups/${team.id}`);
  if (!session.answered(reply, 200)) return;
  const found = listOf(reply.json.members).map(({ value }) => textOf(value));
  const wanted = people.map(({ id }) => id ?? '');
  session.holds(
    found.length === wanted.length && wanted.every((id) => found.includes(id)),
    `the group must have ${wanted.length} members, and has ${found.length}${found.length === wanted.length ? ' others' : ''}`,
  );
}

/** Whether someone is a member still. */
export async function isNoMember(session: Session, team: Team, person: Person, others: number): Promise<void> {
  const reply = await session.send('GET', `/Groups/${team.id}`);
  if (!session.answered(reply, 200)) return;
  const found = listOf(reply.json.members).map(({ value }) => textOf(value));
  session.holds(!found.includes(person.id ?? ''), 'who was removed must not be a member');
  session.holds(found.length >= others, 'the other members must stay');
}
