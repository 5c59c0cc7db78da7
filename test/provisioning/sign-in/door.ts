import {
  type Arrival,
  type SignedIn,
  type SignInMemory,
  SignInRefused,
  SignIns,
  signInContext,
  type ToRemember,
} from '../../../modules/provisioning/index.ts';
import type { Resource } from '../../../modules/scim/index.ts';
import type { ScimHost } from '../host.ts';
import type { Connected } from '../policy/connected.ts';

/** What a person arrives with, besides an identifier and a document. */
export interface ArrivingWith {
  readonly groups?: readonly string[];
  readonly policy?: Partial<Arrival['policy']>;
  readonly requestId?: string;
}

/** Lets people sign in through one connection, as a protocol would, and keeps in memory who they were. */
export interface Door {
  readonly remembered: Map<string, ToRemember>;
  signIn(identifier: string, document?: Resource, more?: ArrivingWith): Promise<SignedIn>;
  /** A sign-in that must be refused; answers the refusal. */
  refused(identifier: string, document?: Resource, more?: ArrivingWith): Promise<SignInRefused>;
}

let requests = 0;

export function doorOf(host: ScimHost, shop: Pick<Connected, 'connection'>): Door {
  const remembered = new Map<string, ToRemember>();
  const memoryOf = (identifier: string): SignInMemory => ({
    recall: async () => remembered.get(identifier),
    others: async (_, customerId) =>
      [...remembered]
        .filter(([name, known]) => name !== identifier && known.customerId === customerId)
        .map(([name, { wrote }]) => ({ identifier: name, wrote })),
    remember: (tx, known) => tx.afterCommit(() => void remembered.set(identifier, known)),
  });
  const signIn: Door['signIn'] = async (identifier, document = {}, { groups, policy, requestId } = {}) => {
    const context = signInContext({
      connection: await shop.connection(),
      requestId: requestId ?? `sign-in-${++requests}`,
      now: host.now(),
    });
    return host.host.resolve(SignIns).signIn(context, {
      identifier,
      document: { userName: identifier, ...document },
      groups,
      policy: { create: true, update: true, samlWins: false, linkByEmail: false, ...policy },
      memory: memoryOf(identifier),
    });
  };
  return {
    remembered,
    signIn,
    async refused(...given) {
      const outcome = await signIn(...given).catch((error: unknown) => error);
      if (outcome instanceof SignInRefused) return outcome;
      throw outcome instanceof Error ? outcome : new Error(`signed in as ${JSON.stringify(outcome)}`);
    },
  };
}
