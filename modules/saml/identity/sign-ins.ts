import type { UserMapping } from '../../attribute-mapping/index.ts';
import { type Clock, type Database, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import { type SignedIn, type SignInMemory, type SignIns, signInContext } from '../../provisioning/index.ts';
import { Course } from '../../scim/index.ts';
import { type ReadClaims, readClaims } from '../claims/read-claims.ts';
import type { SamlProvider } from '../provider/provider.ts';
import type { VerifiedAssertion } from '../verification/verified-assertion.ts';
import { memoryOf } from './memory.ts';

export type { ReadClaims } from '../claims/read-claims.ts';

/** An assertion that was verified and admitted. */
export interface AdmittedAssertion {
  readonly provider: SamlProvider;
  readonly assertion: VerifiedAssertion;
  readonly requestId: string;
  /** The steps that were taken with it before. */
  readonly course?: Course | undefined;
  /** Opens what the person came for, in the transaction that knows the person; again when that is run again. */
  readonly enter?: ((tx: Transaction, customerId: number) => void) | undefined;
}

/** Signs people in whom an assertion vouches for: its claims become a user, as SCIM's requests do. */
export interface SamlSignIns {
  /** One transaction with its record; a refusal is recorded as well. @throws SignInRefused */
  signIn(admitted: AdmittedAssertion): Promise<SignedIn>;
  /** What the claims come to; writes nothing. */
  read(provider: SamlProvider, assertion: VerifiedAssertion): Promise<ReadClaims>;
}
export const SamlSignIns: ServiceToken<SamlSignIns> = service<SamlSignIns>('saml.SamlSignIns');

/** What signing in works with. */
export interface SignInParts {
  readonly database: Database;
  readonly mapping: UserMapping;
  readonly signIns: SignIns;
  readonly clock: Clock;
}

export function createSamlSignIns({ database, mapping, signIns, clock }: SignInParts): SamlSignIns {
  async function read({ connection, settings }: SamlProvider, assertion: VerifiedAssertion): Promise<ReadClaims> {
    await mapping.ready(database, connection);
    const type = mapping.of(connection).resourceType();
    return readClaims(assertion, settings, { profile: connection.profile, type });
  }
  return {
    read,
    async signIn({ provider, assertion, requestId, course = new Course('POST', pathOf(provider)), enter }) {
      const { connection, settings } = provider;
      const { identifier, document, groups, issues } = await read(provider, assertion);
      // What was understood is kept of it, and never the assertion itself.
      course.body = groups === undefined ? document : { ...document, groups: groups.map((display) => ({ display })) };
      course.passed('claims');
      const context = signInContext({ connection, requestId, now: clock.now(), course });
      context.notes.push(...issues);
      const { createAtLogin: create, updateAtLogin: update, samlWins, linkByEmail } = settings;
      return signIns.signIn(context, {
        identifier,
        document,
        groups,
        policy: { create, update, samlWins, linkByEmail },
        memory: entering(memoryOf(connection.id, identifier), enter),
      });
    },
  };
}

/** A memory whose last word opens the door as well: both are committed, or neither. */
function entering(memory: SignInMemory, enter: AdmittedAssertion['enter']): SignInMemory {
  if (enter === undefined) return memory;
  return {
    ...memory,
    remember(tx, known) {
      memory.remember(tx, known);
      enter(tx, known.customerId);
    },
  };
}

const pathOf = ({ connection }: SamlProvider): string => `/saml/${connection.code}/acs`;
