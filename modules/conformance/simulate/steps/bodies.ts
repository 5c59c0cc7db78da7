import { ENTERPRISE, GROUP, PATCH_OP, USER } from '../../suite/urn.ts';
import type { Person, Team } from '../identity-provider.ts';

/** The parts that most identity providers send of a person. */
export const coreUser = (person: Person, active: unknown = true) => ({
  schemas: [USER],
  userName: person.mail,
  externalId: person.externalId,
  name: { givenName: person.given, familyName: person.family },
  displayName: `${person.given} ${person.family}`,
  emails: [{ value: person.mail, type: 'work', primary: true }],
  active,
});

/** The same with the enterprise extension. */
export const enterpriseUser = (
  person: Person,
  extension: Readonly<Record<string, unknown>>,
  active: unknown = true,
) => ({
  ...coreUser(person, active),
  schemas: [USER, ENTERPRISE],
  [ENTERPRISE]: extension,
});

export const coreGroup = (team: Team) => ({ schemas: [GROUP], displayName: team.name });

/** A PatchOp message. */
export const patchOp = (...Operations: readonly Readonly<Record<string, unknown>>[]) => ({
  schemas: [PATCH_OP],
  Operations,
});
