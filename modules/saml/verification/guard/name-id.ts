import { SamlError } from '../../error.ts';
import { attribute, child, text } from '../../xml/element.ts';
import { saml } from '../../xml/names.ts';
import type { NameId } from '../verified-assertion.ts';

const point = 11;
const wrong = (what: string): SamlError => new SamlError('SAML_SUBJECT', what, { point });

/** Reads a `<NameID>`. @throws SamlError `SAML_SUBJECT`, `SAML_STRUCTURE` */
export function nameIdOf(element: Element): NameId {
  const value = text(element);
  if (value.trim() === '') throw wrong('The <NameID> is empty.');
  if (value.length > 1024) throw wrong('The <NameID> is longer than 1024 characters.');
  return {
    value,
    format: attribute(element, 'Format'),
    nameQualifier: attribute(element, 'NameQualifier'),
    spNameQualifier: attribute(element, 'SPNameQualifier'),
  };
}

/**
 * Point 11: who it is about, the whole text of it: a comment in it ends it for some readers and not for others.
 *
 * @param subject an assertion's `<Subject>` or a logout request
 * @throws SamlError `SAML_SUBJECT`, `SAML_STRUCTURE`
 */
export function readNameId(subject: Element): NameId {
  const element = child(subject, saml, 'NameID');
  if (!element) {
    const encrypted = child(subject, saml, 'EncryptedID');
    throw wrong(
      encrypted ? 'The <NameID> is encrypted. Let the whole assertion be encrypted.' : 'There is no <NameID>.',
    );
  }
  return nameIdOf(element);
}
