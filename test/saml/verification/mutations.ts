import { SamlError } from '../../../modules/saml/error.ts';
import type { VerifiedAssertion } from '../../../modules/saml/verification/verified-assertion.ts';
import { createAssertionVerifier } from '../../../modules/saml/verification/verify-assertion.ts';
import { fieldOf, forge } from '../idp/forge.ts';
import { chances, mutated } from '../idp/mutate.ts';
import { samlProvider } from '../idp/provider.ts';
import { fieldOfShape, shapes } from '../idp/shapes.ts';

const now = new Date('2024-05-06T12:00:00.000Z');

/** What became of mutated documents. */
export interface Mutated {
  readonly tried: number;
  /** By code of the guard. */
  readonly refused: ReadonlyMap<string, number>;
  /** Accepted, and saying byte for byte what was signed: the change hit something that nobody signed and nobody reads. */
  readonly untouched: number;
  /** Accepted with another content; each would be a breach. */
  readonly breaches: readonly string[];
  /** Refused by accident: an error that is no SamlError. */
  readonly accidents: readonly string[];
  /** Milliseconds of the slowest. */
  readonly slowest: number;
}

/** All of it that was signed. */
function saidBy(assertion: VerifiedAssertion, responseSigned: boolean): string {
  const { responseId, attributes, xml, ...rest } = assertion;
  return JSON.stringify([rest, [...attributes], responseSigned ? responseId : null, responseSigned ? null : xml]);
}

/** Documents to mutate: every shape that does not need a thousand groups. */
async function originals() {
  const verifier = createAssertionVerifier();
  return Promise.all(
    shapes
      .filter(({ name }) => !name.includes('thousand'))
      .map(async (shape) => {
        const provider = samlProvider(shape.provider);
        const field = fieldOfShape(shape, { provider, now, inResponseTo: '_request' });
        const responseSigned = shape.forgery?.sign === 'response' || shape.forgery?.sign === 'both';
        const said = saidBy(await verifier.verify({ provider, response: field, now }), responseSigned);
        return { provider, xml: Buffer.from(field, 'base64').toString('utf8'), responseSigned, said };
      }),
  );
}

/** Mutates signed documents `count` times, always the same ones for a seed, and gives each to the guard. */
export async function tryMutations(count: number, seed: number, progress?: (done: number) => void): Promise<Mutated> {
  const verifier = createAssertionVerifier();
  const documents = await originals();
  const chance = chances(seed);
  // Signed by the same provider, for another audience: whole or in parts, it must not come in.
  const { xml: other } = forge({
    provider: samlProvider(),
    now,
    inResponseTo: '_request',
    assertion: { nameId: 'eve@example.com', audiences: [['https://other.example']] },
  });
  const counted = tally();
  while (counted.tried < count) {
    const document = documents[chance(documents.length)];
    if (!document) break;
    const { provider, xml, responseSigned, said } = document;
    const changed = mutated(xml, chance, other);
    if (changed === xml) continue;
    await counted.judge(changed, async () => {
      const assertion = await verifier.verify({ provider, response: fieldOf(changed), now });
      return saidBy(assertion, responseSigned) === said;
    });
    if (counted.tried % 10_000 === 0) progress?.(counted.tried);
  }
  return counted;
}

/** Counts what becomes of documents. */
export function tally(): Mutated & {
  /** `verify` answers whether an accepted document says exactly what was signed. */
  judge(document: string, verify: () => Promise<boolean>): Promise<void>;
} {
  const counted = {
    tried: 0,
    untouched: 0,
    slowest: 0,
    refused: new Map<string, number>(),
    breaches: [] as string[],
    accidents: [] as string[],
    async judge(document: string, verify: () => Promise<boolean>): Promise<void> {
      counted.tried++;
      const began = performance.now();
      try {
        if (await verify()) counted.untouched++;
        else counted.breaches.push(document);
      } catch (error) {
        if (error instanceof SamlError) counted.refused.set(error.code, (counted.refused.get(error.code) ?? 0) + 1);
        else counted.accidents.push(`${error instanceof Error ? error.stack : error}\n${document}`);
      }
      counted.slowest = Math.max(counted.slowest, performance.now() - began);
    },
  };
  return counted;
}
