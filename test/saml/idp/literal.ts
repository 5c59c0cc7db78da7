import { createHash, sign } from 'node:crypto';
import { type Identity, identity } from './identity.ts';

/** Empty elements as canonical XML writes them. */
const canonical = (xml: string): string => xml.replace(/<([\w:]+)([^<>]*)\/>/g, '<$1$2></$1>');

/**
 * Signs an assertion whose text is canonical already, with nothing but hashes: no XML library has a part in it, so it
 * tells whether ours and the rest of the world mean the same by a signature.
 */
export function signedLiterally(assertion: string, by: Identity = identity('idp')): string {
  const text = canonical(assertion);
  const id = /ID="([^"]+)"/.exec(text)?.[1];
  const digest = createHash('sha256').update(text).digest('base64');
  const info = canonical(
    `<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`,
  );
  const namespace = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"';
  const value = sign('sha256', Buffer.from(`<ds:SignedInfo ${namespace}>${info}`), by.privateKey).toString('base64');
  const signature = `<ds:Signature ${namespace}><ds:SignedInfo>${info}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
  return text.replace('</saml:Issuer>', `</saml:Issuer>${signature}`);
}
