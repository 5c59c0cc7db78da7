import type { Connection } from '../../connection/index.ts';
import { type Executor, type ServiceToken, service } from '../../framework/index.ts';
import { mainEmail, type SignInUsers, type UserIdentity } from '../../provisioning/index.ts';
import { fold, isObject, type Resource, sameJson } from '../../scim/index.ts';
import type { IdentityKey, SamlIdentities, SamlIdentity } from './identities.ts';

/**
 * What SAML and SCIM say differently of who a person is: the userName, the main address, the externalId; an identifier that
 * nothing of SCIM's is (`identifier`); one that means another user of SCIM's (`other-user`); several by which people sign in
 * as one user (`several`).
 */
export const disagreementKinds = ['user-name', 'email', 'external-id', 'identifier', 'other-user', 'several'] as const;
export type DisagreementKind = (typeof disagreementKinds)[number];

export interface Disagreement {
  readonly customerId: number;
  /** The SCIM id. */
  readonly userId: string;
  readonly identifier: string;
  readonly kind: DisagreementKind;
  readonly scim: string;
  readonly saml: string;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  readonly lastSignInAt: string;
}

export interface DisagreementPage {
  readonly rows: readonly Disagreement[];
  /** How many identities were looked at. */
  readonly seen: number;
  /** Undefined once everybody was looked at. */
  readonly next: IdentityKey | undefined;
}

/** Compares SAML's and SCIM's identities of the people of a connection. Who never signed in by SAML is no disagreement. */
export interface Agreements {
  /** Looks at the next identities, 500 of them unless said: three statements, however many there are. */
  page(
    db: Executor,
    connection: Connection,
    options?: { after?: IdentityKey; limit?: number },
  ): Promise<DisagreementPage>;
  /** All of a connection, page by page. */
  walk(db: Executor, connection: Connection): AsyncGenerator<DisagreementPage>;
}
export const Agreements: ServiceToken<Agreements> = service<Agreements>('saml.Agreements');

export function createAgreements(identities: SamlIdentities, users: SignInUsers): Agreements {
  const page: Agreements['page'] = async (db, connection, { after, limit } = {}) => {
    const found = await identities.page(db, connection, after, limit);
    const known = await users.of(db, connection, [...new Set(found.identities.map((one) => one.customerId))]);
    const meant = await users.meantBy(db, connection, [...new Set(found.identities.map((one) => one.identifier))]);
    const rows = found.identities.flatMap((identity, at) => {
      const user = known.get(identity.customerId);
      if (!user) return [];
      const others = meant.get(identity.identifier)?.filter((id) => id !== identity.customerId) ?? [];
      const before = found.identities[at - 1];
      return disagreementsOf(identity, user, others, before?.customerId === identity.customerId ? before : undefined);
    });
    return { rows, seen: found.identities.length, next: found.next };
  };
  return {
    page,
    async *walk(db, connection) {
      let after: IdentityKey | undefined;
      do {
        const one: DisagreementPage = await page(db, connection, after ? { after } : {});
        yield one;
        after = one.next;
      } while (after);
    },
  };
}

/** What does not agree about one identity. `before`: another identity of the same customer. */
export function disagreementsOf(
  identity: SamlIdentity,
  user: UserIdentity,
  others: readonly number[],
  before: SamlIdentity | undefined,
): Disagreement[] {
  const { said, identifier } = identity;
  const found: Disagreement[] = [];
  const tell = (kind: DisagreementKind, scim: string, saml: string): void => {
    const { customerId, userId } = user;
    found.push({ customerId, userId, identifier, kind, scim, saml, lastSignInAt: identity.lastAt });
  };
  const [saidName, saidEmail] = [text(said.userName), mainEmail(said)];
  const email = mainEmail(user.document);
  if (saidName !== '' && fold(saidName) !== fold(user.userName)) tell('user-name', user.userName, saidName);
  if (saidEmail !== undefined && email !== undefined && fold(saidEmail) !== fold(email))
    tell('email', email, saidEmail);
  const saidExternal = text(said.externalId);
  if (saidExternal !== '' && user.externalId !== undefined && saidExternal !== user.externalId)
    tell('external-id', user.externalId, saidExternal);
  if (!isOf(identifier, user) && !isBornOfSignIn(identity, user))
    tell('identifier', user.externalId ?? user.userName, identifier);
  for (const other of others) tell('other-user', String(other), identifier);
  if (before && fold(before.identifier) !== fold(identifier)) tell('several', before.identifier, identifier);
  return found;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** True where SCIM has the identifier anywhere among what tells people apart. */
function isOf(identifier: string, { externalId, userName, document }: UserIdentity): boolean {
  const emails: readonly unknown[] = Array.isArray(document.emails) ? document.emails : [];
  const names = [userName, ...emails.map((email) => (isObject(email) ? text(email.value) : ''))];
  return externalId === identifier || names.some((name) => fold(name) === fold(identifier));
}

/** True where a sign-in gave the user its name and SCIM has said nothing else: there is nothing that could agree. */
const isBornOfSignIn = ({ wrote }: SamlIdentity, { document }: { document: Resource }): boolean =>
  wrote.userName !== undefined && sameJson(wrote.userName, document.userName) && document.externalId === undefined;
