import { C14nCanonicalization, ExclusiveCanonicalization } from 'xml-crypto';
import { attribute, onlyChild, text } from '../../xml/element.ts';
import { ds } from '../../xml/names.ts';
import { hasSigned, inclusiveC14n, signatureMethods } from './algorithms.ts';
import type { UsableCertificate } from './trusted-keys.ts';

const declaration = /^xmlns(?::(.+))?$/;

/** Namespaces that are in scope above an element, the nearest of each prefix: inclusive canonicalization writes them all. */
function namespacesAbove(element: Element): { prefix: string; namespaceURI: string }[] {
  const found = new Map<string, string>();
  for (let above = element.parentNode as Element | null; above?.attributes; above = above.parentNode as Element | null)
    for (const { name, value } of Array.from(above.attributes)) {
      const prefix = declaration.exec(name);
      if (prefix && !found.has(prefix[1] ?? '')) found.set(prefix[1] ?? '', value);
    }
  return [...found].map(([prefix, namespaceURI]) => ({ prefix, namespaceURI })).filter((ns) => ns.namespaceURI !== '');
}

/**
 * Which certificates a signature is of, told from its `<SignedInfo>` alone. Strangers' documents end here, before their
 * many elements are canonicalized, and of several certificates only one is tried any further. It proves nothing of the
 * content yet.
 *
 * @param signature of the shape that `checkSignatureShape` asks for
 */
export function signersOf(
  signature: Element,
  certificates: readonly UsableCertificate[],
): readonly UsableCertificate[] {
  const info = onlyChild(signature, ds, 'SignedInfo');
  const algorithm = (name: string): string => attribute(onlyChild(info, ds, name), 'Algorithm') ?? '';
  const method = signatureMethods.get(algorithm('SignatureMethod'));
  if (!method) return [];
  const signed =
    algorithm('CanonicalizationMethod') === inclusiveC14n
      ? new C14nCanonicalization().process(info, { ancestorNamespaces: namespacesAbove(info) })
      : new ExclusiveCanonicalization().process(info, {});
  const value = Buffer.from(text(onlyChild(signature, ds, 'SignatureValue')), 'base64');
  return certificates.filter(({ key }) => hasSigned(method, key, `${signed}`, value));
}
