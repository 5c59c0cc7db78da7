import { SamlError } from '../error.ts';
import type { SamlProvider, TrustedCertificate } from '../provider/provider.ts';
import { decodeBase64 } from '../xml/base64.ts';
import { parseXml, readXml, type XmlDocument } from '../xml/document.ts';
import { messageLimits } from '../xml/limits.ts';
import { decodeUtf8 } from '../xml/utf8.ts';
import { decryptAssertion } from './decryption/decrypt.ts';
import { checkStatus } from './guard/status.ts';
import { checkAssertion, checkResponse, type Payload } from './guard/structure.ts';
import { type SignedContent, verifyEnveloped } from './signature/enveloped.ts';
import { signatureOf } from './signature/shape.ts';

/** A response whose assertion was signed by a trusted certificate; nothing else is known of it. */
export interface SignedResponse {
  /** As signed where `responseSigned`, otherwise as anybody may have written it. */
  readonly response: Element;
  readonly responseSigned: boolean;
  /** As signed. */
  readonly assertion: Element;
  readonly xml: string;
  readonly encrypted: boolean;
  readonly signedBy: string;
}

interface Envelope {
  readonly response: Element;
  readonly payload: Payload;
  /** Undefined: the response is not signed. */
  readonly signedBy: string | undefined;
}

function payloadOf(response: Element): Payload {
  const payload = checkResponse(response);
  if (payload) return payload;
  // Without an assertion the status says why, signed or not: it can only refuse.
  checkStatus(response);
  throw new SamlError('SAML_STRUCTURE', 'The response has no assertion.', { point: 2 });
}

/** The response as far as it can be believed. A signature that is there has to be good, even where none is wanted. */
function openEnvelope(read: XmlDocument, certificates: readonly TrustedCertificate[], wantSigned: boolean): Envelope {
  const payload = payloadOf(read.root);
  if (!signatureOf(read.root)) {
    if (wantSigned)
      throw new SamlError('SAML_SIGNATURE', 'The response is not signed, and this connection wants it to be.', {
        point: 9,
      });
    return { response: read.root, payload, signedBy: undefined };
  }
  const { xml, signedBy } = verifyEnveloped(read.text, read.root, certificates);
  const { root } = parseXml(xml);
  return { response: root, payload: payloadOf(root), signedBy };
}

/** The assertion's document, in the clear. */
function openAssertion(read: XmlDocument, { payload, signedBy }: Envelope, provider: SamlProvider) {
  if ('assertion' in payload) {
    if (provider.settings.wantAssertionEncrypted)
      throw new SamlError('SAML_ENCRYPTION', 'The assertion is not encrypted, and this connection wants it to be.', {
        point: 9,
      });
    return { text: read.text, element: payload.assertion };
  }
  const text = decryptAssertion(payload.encrypted, provider.keys.decryption, {
    envelopeVerified: signedBy !== undefined,
  });
  const inner = readXml(text);
  checkAssertion(inner.root);
  for (const id of inner.ids)
    if (read.ids.has(id))
      throw new SamlError('SAML_STRUCTURE', `The assertion and its response have the same ID ${JSON.stringify(id)}.`, {
        point: 2,
      });
  return { text: inner.text, element: inner.root };
}

/**
 * Points 1, 2 and 9 of the guard: reads a response strictly and verifies the signature of its assertion, or of the
 * response around it.
 *
 * @param field the form field `SAMLResponse`
 * @throws SamlError
 */
export function openResponse(
  field: string,
  provider: SamlProvider,
  certificates: readonly TrustedCertificate[],
): SignedResponse {
  const read = readXml(decodeUtf8(decodeBase64(field, messageLimits.maxBytes)));
  const envelope = openEnvelope(read, certificates, provider.settings.wantResponseSigned);
  const { text, element } = openAssertion(read, envelope, provider);
  const encrypted = 'encrypted' in envelope.payload;
  const { response, signedBy } = envelope;
  if (signedBy !== undefined)
    return { response, responseSigned: true, assertion: element, xml: `${element}`, encrypted, signedBy };
  const signed: SignedContent = verifyEnveloped(text, element, certificates);
  const assertion = parseXml(signed.xml).root;
  return { response, responseSigned: false, assertion, xml: signed.xml, encrypted, signedBy: signed.signedBy };
}
