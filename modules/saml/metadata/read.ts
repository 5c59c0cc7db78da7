import { SamlError } from '../error.ts';
import { checkFacts, type IdpFacts } from '../provider/idp-facts.ts';
import type { TrustedCertificate } from '../provider/provider.ts';
import { verifyEnveloped } from '../verification/signature/enveloped.ts';
import { signatureOf } from '../verification/signature/shape.ts';
import { readXml, type XmlDocument } from '../xml/document.ts';
import { attribute } from '../xml/element.ts';
import { readInstant } from '../xml/instant.ts';
import { entityOf, type ListedEntity } from './entity.ts';
import { unusable } from './metadata-error.ts';
import { certificatesOf, endpointsOf, formatsOf, wantsSignedRequests } from './role.ts';

/** Metadata may be so many bytes. */
export const mostMetadataBytes = 1024 * 1024;
const limits = { maxBytes: mostMetadataBytes, maxElements: 20_000, comments: 'allow' } as const;

export interface MetadataReading {
  readonly facts: IdpFacts;
  readonly certificates: readonly TrustedCertificate[];
  /** Fingerprint of the believed certificate that signed all that was read here; null where none did. */
  readonly signedBy: string | null;
  /** What was found and is of no use, in sentences. */
  readonly notes: readonly string[];
}

export interface MetadataQuestion {
  /** The identity provider that is meant; the only one in the document unless said. */
  readonly entityId?: string | undefined;
  /** Certificates whose signature over the metadata makes it as good as an administrator's word. */
  readonly believed?: readonly TrustedCertificate[];
  readonly now: Date;
  readonly baseUrl: string;
}

/**
 * Reads an identity provider's metadata. Where a believed certificate has signed it, only what it has signed is read.
 * @throws SamlError `SAML_METADATA_INVALID` with what was found and the cure
 */
export function readMetadata(source: string, question: MetadataQuestion): MetadataReading {
  if (/^\s*(?:<!doctype html|<html)/i.test(source))
    throw unusable(
      'This is a web page, not metadata: perhaps its address needs a login. Open it in a browser, save the XML and import the file.',
    );
  const document = readable(source.replace(/^\ufeff/, ''));
  try {
    return reading(document, question);
  } catch (error) {
    if (!(error instanceof SamlError) || error.code === 'SAML_METADATA_INVALID') throw error;
    throw unusable(`The metadata can't be used: ${error.message}`, error);
  }
}

function reading(document: XmlDocument, question: MetadataQuestion): MetadataReading {
  const { entity, signedBy, notes } = signedEntity(document, question);
  const facts = factsOf(entity, question.now);
  checkFacts(facts, question.baseUrl);
  const { certificates, notes: more } = certificatesOf(entity.role);
  if (certificates.length === 0)
    throw unusable(
      `The metadata of ${facts.entityId} has no certificate that signatures can be checked with${more.length > 0 ? `: ${more.join(' ')}` : '; let the identity provider sign its assertions.'}`,
    );
  return { facts, certificates, signedBy, notes: [...notes, ...more] };
}

function readable(source: string): XmlDocument {
  try {
    return readXml(source, limits);
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    throw unusable(`${error.message} Download the metadata again, and save it as it is.`, error);
  }
}

/** The identity provider that is meant, inside what was signed if anything was. */
function signedEntity(
  { root, text }: XmlDocument,
  { entityId, believed = [] }: MetadataQuestion,
): { entity: ListedEntity; signedBy: string | null; notes: readonly string[] } {
  const entity = entityOf(root, entityId);
  const signed = [...entity.within, entity.element].find((element) => signatureOf(element));
  if (!signed || believed.length === 0) return { entity, signedBy: null, notes: [] };
  try {
    const { xml, signedBy } = verifyEnveloped(text, signed, believed);
    return { entity: entityOf(readable(xml).root, entity.entityId), signedBy, notes: [] };
  } catch (error) {
    if (!(error instanceof SamlError) || error.code === 'SAML_METADATA_INVALID') throw error;
    return { entity, signedBy: null, notes: [`The metadata is signed, but: ${error.message}`] };
  }
}

function factsOf({ entityId, element, within, role }: ListedEntity, now: Date): IdpFacts {
  const ends = [...within, element, role].flatMap((each) => {
    const text = attribute(each, 'validUntil');
    return text === undefined ? [] : [readInstant(text, 'validUntil')];
  });
  const validUntil = ends.sort((a, b) => a.getTime() - b.getTime())[0];
  if (validUntil && validUntil <= now)
    throw unusable(
      `The metadata of ${entityId.slice(0, 200)} was valid until ${validUntil.toISOString()}; download it again.`,
    );
  return {
    entityId,
    ssoUrls: withoutSoap(endpointsOf(role, 'SingleSignOnService', 'Location')),
    sloUrls: endpointsOf(role, 'SingleLogoutService', 'Location'),
    sloResponseUrls: withoutSoap(endpointsOf(role, 'SingleLogoutService', 'ResponseLocation')),
    nameIdFormats: formatsOf(role),
    wantsSignedRequests: wantsSignedRequests(role),
    validUntil: validUntil?.toISOString() ?? null,
  };
}

const withoutSoap = ({ redirect, post }: ReturnType<typeof endpointsOf>) => ({
  ...(redirect === undefined ? {} : { redirect }),
  ...(post === undefined ? {} : { post }),
});
