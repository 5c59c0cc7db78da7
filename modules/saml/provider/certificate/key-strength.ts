import type { KeyObject } from 'node:crypto';

const fewestRsaBits = 2_048;
/** Curves by OpenSSL's names: what XML Signature 1.1 §6.4.3 wants everybody to know, and the two above it. */
const curves: ReadonlyMap<string, string> = new Map([
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
  ['secp521r1', 'P-521'],
]);

/** What a key that verifies has to be, for people. */
export const neededKey = `RSA with ${fewestRsaBits} bits or more, or EC on P-256, P-384 or P-521`;

/** Why nothing may be verified with a key, in words that follow "has"; undefined: it is good enough. */
export function weaknessOf({ asymmetricKeyType: kind, asymmetricKeyDetails: details }: KeyObject): string | undefined {
  if (kind === 'rsa') {
    const bits = details?.modulusLength ?? 0;
    return bits < fewestRsaBits ? `an RSA key of ${bits} bits` : undefined;
  }
  if (kind !== 'ec') return `a key of the kind ${kind}`;
  const curve = details?.namedCurve ?? 'unknown';
  return curves.has(curve) ? undefined : `an EC key on the curve ${curve}`;
}

/** A key in the words of consoles, such as `RSA, 2048 bits`. */
export function keyWords({ asymmetricKeyType: kind, asymmetricKeyDetails: details }: KeyObject): string {
  if (kind === 'rsa') return `RSA, ${details?.modulusLength} bits`;
  const curve = details?.namedCurve ?? '';
  return kind === 'ec' ? `EC, ${curves.get(curve) ?? curve}` : String(kind);
}
