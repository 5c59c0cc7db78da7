import { createHash } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import type { SamlKey, SamlProvider } from '../provider.ts';
import { metadataDocument } from './document.ts';

/** Our metadata as it is served. */
export interface PublishedMetadata {
  readonly xml: string;
  /** Of these very bytes, in quotes. */
  readonly etag: string;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const known = new WeakMap<SamlProvider, PublishedMetadata>();

/** The metadata of a connection, signed where it is set so; made once for each reading of the provider. */
export function publishedMetadata(provider: SamlProvider): PublishedMetadata {
  const before = known.get(provider);
  if (before) return before;
  const xml = written(provider);
  const published = { xml, etag: `"${digestOf(xml).slice(0, 32)}"` };
  known.set(provider, published);
  return published;
}

function written(provider: SamlProvider): string {
  const key = provider.keys.signing;
  const plain = metadataDocument(provider, undefined);
  if (!provider.settings.signMetadata || !key) return plain;
  return signed(metadataDocument(provider, `_${digestOf(plain).slice(0, 40)}`), key);
}

/** The signature is the first thing in the root, as the schema has it, and says nothing of the time: it is always the same. */
function signed(xml: string, key: SamlKey): string {
  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
  const signature = new SignedXml({
    privateKey: key.privateKey,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: exclusive,
  });
  signature.addReference({
    xpath: '/*',
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
  });
  signature.computeSignature(xml, { prefix: 'ds', location: { reference: '/*', action: 'prepend' } });
  return signature.getSignedXml();
}
