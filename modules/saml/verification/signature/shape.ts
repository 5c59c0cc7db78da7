import { SamlError } from '../../error.ts';
import { attribute, child, children, onlyChild, text, told } from '../../xml/element.ts';
import { ds } from '../../xml/names.ts';
import { canonicalizations, digestMethods, enveloped, signatureCure, signatureMethods } from './algorithms.ts';

const wrong = (what: string): SamlError => new SamlError('SAML_SIGNATURE', `The signature ${what}.`, { point: 9 });

function allowed(element: Element, set: { has(algorithm: string): boolean }): string {
  const algorithm = attribute(element, 'Algorithm') ?? '';
  if (!set.has(algorithm))
    throw new SamlError(
      'SAML_ALGORITHM',
      `${told(element)} is ${JSON.stringify(algorithm.slice(0, 128))}. ${signatureCure}`,
      { point: 9 },
    );
  return algorithm;
}

/** Children in this order and no others; a name with `?` may be missing. */
function holdsOnly(element: Element, names: readonly string[]): void {
  const found = children(element);
  const wanted = names.filter((name) => !name.endsWith('?') || found.some((c) => `${c.localName}?` === name));
  const same =
    found.length === wanted.length && found.every((c, i) => `${c.localName}` === wanted[i]?.replace('?', ''));
  if (!same || found.some((c) => c.namespaceURI !== ds))
    throw wrong(`has <${found.map((c) => c.localName).join('>, <')}> in ${told(element)}`);
}

/** Transforms that change nothing but the signature's own place and the notation. */
function checkTransforms(transforms: Element): void {
  const list = children(transforms);
  const algorithms = list.map((transform) => attribute(transform, 'Algorithm') ?? '');
  if (algorithms[0] !== enveloped || list.length > 2 || list.some((t) => t.localName !== 'Transform'))
    throw wrong('does not have exactly the transforms "enveloped signature" and a canonicalization');
  const [, second] = list;
  if (second) allowed(second, canonicalizations);
  // Some signers write the prefixes of their canonicalization into the other transform as well, where they mean nothing.
  const parameters = list.map((transform) => children(transform));
  const prefixes = parameters.flat().every((p) => p.localName === 'InclusiveNamespaces');
  if (!prefixes || parameters.some((of) => of.length > 1)) throw wrong('has parameters in its transforms');
}

/** URIs of what a signature is made with. */
export interface SignatureAlgorithms {
  readonly method: string;
  readonly digest: string;
}

/**
 * Holds a signature to the one shape that SAML core §5.4 knows: over its parent, by its ID, with allowed algorithms.
 * It says nothing about who signed.
 *
 * @returns the URIs of what it is made with
 * @throws SamlError `SAML_SIGNATURE`, `SAML_ALGORITHM` (point 9)
 */
export function checkSignatureShape(signature: Element, parent: Element): SignatureAlgorithms {
  holdsOnly(signature, ['SignedInfo', 'SignatureValue', 'KeyInfo?']);
  const info = onlyChild(signature, ds, 'SignedInfo');
  holdsOnly(info, ['CanonicalizationMethod', 'SignatureMethod', 'Reference']);
  allowed(onlyChild(info, ds, 'CanonicalizationMethod'), canonicalizations);
  const method = onlyChild(info, ds, 'SignatureMethod');
  const methodUri = allowed(method, signatureMethods);
  if (children(method).length > 0) throw wrong('has parameters in its <SignatureMethod>');
  const reference = onlyChild(info, ds, 'Reference');
  const id = attribute(parent, 'ID');
  if (!id || attribute(reference, 'URI') !== `#${id}`) throw wrong(`is not over the ${told(parent)} that it stands in`);
  holdsOnly(reference, ['Transforms', 'DigestMethod', 'DigestValue']);
  checkTransforms(onlyChild(reference, ds, 'Transforms'));
  const digestUri = allowed(onlyChild(reference, ds, 'DigestMethod'), digestMethods);
  text(onlyChild(reference, ds, 'DigestValue'));
  text(onlyChild(signature, ds, 'SignatureValue'));
  return { method: methodUri, digest: digestUri };
}

/** The signature of an element, in its only place: a child of it. @throws SamlError for two */
export const signatureOf = (element: Element): Element | undefined => child(element, ds, 'Signature');
