import { SamlError } from '../../error.ts';
import { attribute, children, told } from '../../xml/element.ts';
import { ds, saml, samlp } from '../../xml/names.ts';

const point = 2;
const wrong = (what: string): SamlError => new SamlError('SAML_STRUCTURE', `The message ${what}.`, { point });

/** Names of which a wrapping attack hides a second one; counted wherever they are and whatever their namespace. */
const single = new Set(['Response', 'Assertion', 'EncryptedAssertion', 'Signature', 'LogoutRequest', 'LogoutResponse']);

/** All elements of the names above, by name. */
function singles(root: Element, found = new Map<string, Element[]>()): Map<string, Element[]> {
  const name = root.localName;
  if (single.has(name)) found.set(name, [...(found.get(name) ?? []), root]);
  for (const child of children(root)) singles(child, found);
  return found;
}

function checkRoot(root: Element, namespace: string, names: readonly string[]): void {
  if (root.namespaceURI !== namespace || !names.includes(root.localName))
    throw wrong(`is <${root.nodeName.slice(0, 64)}>, expected is <${names.join('> or <')}>`);
  if (attribute(root, 'Version') !== '2.0') throw wrong('is not of SAML 2.0');
  if (!attribute(root, 'ID')) throw wrong('has no ID');
}

function checkSignaturePlaces(signatures: readonly Element[], places: readonly Element[]): void {
  for (const signature of signatures)
    if (signature.namespaceURI !== ds || !places.some((place) => place === signature.parentNode))
      throw wrong(`has a <Signature> in ${told(signature.parentNode as Element)}`);
  if (new Set(signatures.map((signature) => signature.parentNode)).size !== signatures.length)
    throw wrong('has two signatures in one place');
}

/** What a response has in it, by namespace. */
const inResponse: ReadonlyMap<string, string> = new Map([
  ['Issuer', saml],
  ['Signature', ds],
  ['Extensions', samlp],
  ['Status', samlp],
  ['Assertion', saml],
  ['EncryptedAssertion', saml],
]);

/** A response's assertion, in the clear or encrypted. */
export type Payload = { readonly assertion: Element } | { readonly encrypted: Element };

/**
 * Point 2: one Response with one Assertion in it, and signatures nowhere but in these two.
 *
 * @returns the assertion; undefined where there is none
 * @throws SamlError `SAML_STRUCTURE`
 */
export function checkResponse(root: Element): Payload | undefined {
  checkRoot(root, samlp, ['Response']);
  const found = singles(root);
  const of = (name: string): Element[] => found.get(name) ?? [];
  if (of('Response').length > 1) throw wrong('has a response in a response');
  for (const child of children(root)) {
    const namespace = inResponse.get(child.localName);
    if (!namespace || namespace !== child.namespaceURI)
      throw wrong(`has <${child.nodeName.slice(0, 64)}> in its response`);
  }
  const assertions = [...of('Assertion'), ...of('EncryptedAssertion')];
  const [assertion] = assertions;
  if (assertions.length > 1) throw wrong(`has ${assertions.length} assertions`);
  checkSignaturePlaces(of('Signature'), assertion?.localName === 'Assertion' ? [root, assertion] : [root]);
  if (!assertion) return undefined;
  if (assertion.parentNode !== root) throw wrong('has its assertion in a wrong place');
  if (assertion.localName === 'EncryptedAssertion') return { encrypted: assertion };
  checkAssertion(assertion);
  return { assertion };
}

/**
 * Point 2, for an assertion: of SAML 2.0, with an ID, and with no other assertion or foreign signature in it.
 *
 * @throws SamlError `SAML_STRUCTURE`
 */
export function checkAssertion(assertion: Element): void {
  checkRoot(assertion, saml, ['Assertion']);
  const found = singles(assertion);
  for (const [name, elements] of found)
    if (name !== 'Signature' && (name !== 'Assertion' || elements.length > 1))
      throw wrong(`has <${name}> in its assertion`);
  checkSignaturePlaces(found.get('Signature') ?? [], [assertion]);
}

/** Point 2, for a logout message. @throws SamlError `SAML_STRUCTURE` */
export function checkLogout(root: Element): void {
  checkRoot(root, samlp, ['LogoutRequest', 'LogoutResponse']);
  const found = singles(root);
  for (const [name, elements] of found)
    if (name !== 'Signature' && (name !== root.localName || elements.length > 1)) throw wrong(`has <${name}> in it`);
  checkSignaturePlaces(found.get('Signature') ?? [], [root]);
}
