import { SamlError } from '../../../modules/saml/error.ts';
import { createLogoutVerifier } from '../../../modules/saml/verification/logout/verify-logout.ts';
import type { LogoutArrival } from '../../../modules/saml/verification/logout-verifier.ts';
import { fieldOf } from '../idp/forge.ts';
import { forgeLogoutField, forgeLogoutQuery } from '../idp/logout.ts';
import { chances, mutated } from '../idp/mutate.ts';
import { samlProvider } from '../idp/provider.ts';
import { type Mutated, tally } from './mutations.ts';

const now = new Date('2024-05-06T12:00:00.000Z');
const provider = samlProvider();

/** Who has lost its signature is nobody's word any more, and is not taken for one. */
const unsigned = new SamlError('SAML_SIGNATURE', 'It is a response that nobody has signed.');

/** A logout message, as it is and as text that can be changed. */
interface Original {
  readonly text: string;
  readonly arrival: (text: string) => LogoutArrival;
}

function originals(): readonly Original[] {
  const kinds = [{}, { kind: 'LogoutResponse', inResponseTo: '_ours' }] as const;
  return kinds.flatMap((kind): Original[] => [
    {
      text: Buffer.from(forgeLogoutField({ provider, now, ...kind }), 'base64').toString('utf8'),
      arrival: (text) => ({ provider, now, binding: 'post', message: fieldOf(text), relayState: undefined }),
    },
    {
      text: forgeLogoutQuery({ provider, now, relayState: 'state', ...kind }),
      arrival: (rawQuery) => ({ provider, now, binding: 'redirect', rawQuery }),
    },
  ]);
}

/** Mutates signed logout messages, always the same ones for a seed, and gives each to the guard. */
export async function tryLogoutMutations(count: number, seed: number): Promise<Mutated> {
  const verifier = createLogoutVerifier();
  const chance = chances(seed);
  const documents = await Promise.all(
    originals().map(async (one) => ({ ...one, said: JSON.stringify(await verifier.verify(one.arrival(one.text))) })),
  );
  const other = Buffer.from(forgeLogoutField({ provider, now, nameId: 'eve@example.com' }), 'base64').toString('utf8');
  const counted = tally();
  while (counted.tried < count) {
    const document = documents[chance(documents.length)];
    if (!document) break;
    const changed = mutated(document.text, chance, other);
    if (changed === document.text) continue;
    await counted.judge(changed, async () => {
      const message = await verifier.verify(document.arrival(changed));
      if (message.kind === 'response' && !message.signed) throw unsigned;
      // Another message that was signed for us is no forgery: `other` is one, whole.
      return JSON.stringify(message) === document.said || changed.includes(other);
    });
  }
  return counted;
}
