import type { SamlErrorCode } from '../../../../modules/saml/error.ts';
import { type Forgery, fieldOf, forge } from '../forge.ts';
import type { ProviderChanges } from '../provider.ts';

/** What every hostile document is made from. */
export type Base = Pick<Forgery, 'provider' | 'now' | 'inResponseTo'>;

/** A document that nobody may accept. */
export interface Hostile {
  readonly name: string;
  /** What it has to be refused with. */
  readonly code: SamlErrorCode;
  readonly provider?: ProviderChanges;
  /** The form field. */
  readonly make: (base: Base) => string;
}

type Refinement = Omit<Forgery, keyof Base> | ((base: Base) => Omit<Forgery, keyof Base>);

/** A document that differs from a good one in what `refinement` says. */
export function forged(name: string, code: SamlErrorCode, refinement: Refinement, provider?: ProviderChanges): Hostile {
  const make = (base: Base): string =>
    forge({ ...base, ...(typeof refinement === 'function' ? refinement(base) : refinement) }).field;
  return { name, code, make, ...(provider ? { provider } : {}) };
}

/** A good document, changed after it was signed. `sign` says what is signed. */
export function altered(
  name: string,
  code: SamlErrorCode,
  change: (xml: string) => string,
  sign: 'assertion' | 'response' | 'both' = 'assertion',
): Hostile {
  return {
    name,
    code,
    make: (base) => {
      const { xml } = forge({ ...base, sign });
      const changed = change(xml);
      if (changed === xml) throw new Error(`"${name}" changes nothing`);
      return fieldOf(changed);
    },
  };
}

/** A good document whose assertion was changed before it was signed: the signature is right, what it says is not. */
export const misstated = (name: string, code: SamlErrorCode, change: (xml: string) => string): Hostile =>
  forged(name, code, {
    edit: {
      assertion: (xml) => {
        const changed = change(xml);
        if (changed === xml) throw new Error(`"${name}" changes nothing`);
        return changed;
      },
    },
  });

/** A good document whose response was changed before anything around it was signed. */
export const responded = (
  name: string,
  code: SamlErrorCode,
  change: (xml: string) => string,
  sign: 'assertion' | 'response' = 'assertion',
): Hostile => forged(name, code, { sign, edit: { response: change } });

export const assertionPattern = /<(?:saml:)?(?:Encrypted)?Assertion[\s\S]*<\/(?:saml:)?(?:Encrypted)?Assertion>/;
export const signaturePattern = /<ds:Signature [\s\S]*?<\/ds:Signature>/;

/** The first match of a pattern that has to match. */
export function cut(xml: string, pattern: RegExp): string {
  const found = pattern.exec(xml)?.[0];
  if (found === undefined) throw new Error(`${pattern} is not in ${xml.slice(0, 200)}`);
  return found;
}
