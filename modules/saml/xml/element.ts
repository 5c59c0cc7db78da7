import { SamlError } from '../error.ts';

const [elementNode, textNode] = [1, 3];

/** Name of an element for people. */
export const told = (element: Element): string => `<${element.localName}>`;

/** All element children, or those of a name in a namespace, in document order. */
export function children(element: Element, namespace?: string, name?: string): Element[] {
  const found: Element[] = [];
  for (let node = element.firstChild; node; node = node.nextSibling)
    if (node.nodeType === elementNode) {
      const child = node as Element;
      if (name === undefined || (child.localName === name && child.namespaceURI === namespace)) found.push(child);
    }
  return found;
}

/** The child of a name, if there is one. @throws SamlError `SAML_STRUCTURE` for two */
export function child(element: Element, namespace: string, name: string): Element | undefined {
  const found = children(element, namespace, name);
  if (found.length > 1)
    throw new SamlError('SAML_STRUCTURE', `${told(element)} has ${found.length} <${name}>, one is allowed.`, {
      point: 2,
    });
  return found[0];
}

/** The child of a name. @throws SamlError `SAML_STRUCTURE` for none or two */
export function onlyChild(element: Element, namespace: string, name: string): Element {
  const found = child(element, namespace, name);
  if (!found) throw new SamlError('SAML_STRUCTURE', `${told(element)} has no <${name}>.`, { point: 2 });
  return found;
}

/** An attribute without namespace; undefined where it is missing. */
export function attribute(element: Element, name: string): string | undefined {
  return element.hasAttribute(name) ? (element.getAttribute(name) ?? undefined) : undefined;
}

/**
 * The whole text of an element that has nothing but text: with a comment or anything else in it, readers disagree on
 * where the text ends.
 *
 * @throws SamlError `SAML_STRUCTURE` (point 11)
 */
export function text(element: Element): string {
  let whole = '';
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType !== textNode)
      throw new SamlError('SAML_STRUCTURE', `${told(element)} has something in it that is no text.`, { point: 11 });
    whole += node.nodeValue ?? '';
  }
  return whole;
}

/** The text of an element whose type is a URI, where white space around it has no meaning. */
export const uri = (element: Element): string => text(element).trim();
