import { Connections } from '../../../modules/connection/index.ts';
import { type SignedIn, SignInRefused } from '../../../modules/provisioning/index.ts';
import { SamlSignIns } from '../../../modules/saml/index.ts';
import type { SamlSettings } from '../../../modules/saml/provider/provider.ts';
import type { VerifiedAssertion } from '../../../modules/saml/verification/verified-assertion.ts';
import type { ScimHost } from '../../provisioning/host.ts';
import { samlProvider } from '../idp/provider.ts';

const format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:';

/** What an assertion says of a person. */
export interface Said {
  readonly nameId: string;
  readonly format?: string;
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
}

let asserted = 0;

/** An assertion as it leaves the verifier. */
export const assertionOf = (said: Said, now: Date): VerifiedAssertion => ({
  issuer: 'https://idp.example/entity',
  responseId: `_r${++asserted}`,
  assertionId: `_a${asserted}`,
  inResponseTo: undefined,
  nameId: {
    value: said.nameId,
    format: `${format}${said.format ?? 'emailAddress'}`,
    nameQualifier: undefined,
    spNameQualifier: undefined,
  },
  sessionIndex: undefined,
  sessionNotOnOrAfter: undefined,
  authnInstant: now,
  authnContext: undefined,
  attributes: new Map(
    Object.entries(said.attributes ?? {}).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  ),
  notOnOrAfter: new Date(now.getTime() + 300_000),
  xml: '<saml:Assertion>SECRET-OF-THE-ASSERTION</saml:Assertion>',
  encrypted: false,
  signedBy: 'f'.repeat(64),
});

/** People who sign in through one connection by SAML. */
export interface People {
  signIn(said: Said, settings?: Partial<SamlSettings>): Promise<SignedIn>;
  refused(said: Said, settings?: Partial<SamlSettings>): Promise<SignInRefused>;
}

export function peopleOf(host: ScimHost, code: string): People {
  const signIn: People['signIn'] = async (said, settings = {}) => {
    const connection = await host.host.resolve(Connections).byCode(host.database, code);
    const provider = {
      ...samlProvider({ settings: { createAtLogin: true, updateAtLogin: true, ...settings } }),
      connection,
    };
    const assertion = assertionOf(said, host.now());
    return host.host.resolve(SamlSignIns).signIn({ provider, assertion, requestId: assertion.responseId });
  };
  return {
    signIn,
    async refused(...given) {
      const outcome = await signIn(...given).catch((error: unknown) => error);
      if (outcome instanceof SignInRefused) return outcome;
      throw outcome instanceof Error ? outcome : new Error(`signed in as ${JSON.stringify(outcome)}`);
    },
  };
}
