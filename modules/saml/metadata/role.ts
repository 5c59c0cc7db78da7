import { readCertificate } from '../provider/certificate/certificate.ts';
import type { Endpoints, TrustedCertificate } from '../provider/provider.ts';
import { attribute, children, text, uri } from '../xml/element.ts';
import { ds } from '../xml/names.ts';
import { bindings, md } from './names.ts';

/** Certificates to check signatures with, each once, and what was found that is of no use. */
export interface ListedCertificates {
  readonly certificates: readonly TrustedCertificate[];
  readonly notes: readonly string[];
}

const most = { certificates: 20, formats: 20 };

/** The signing certificates of a role: those of key descriptors for signing, or for any use. */
export function certificatesOf(role: Element): ListedCertificates {
  const found = new Map<string, TrustedCertificate>();
  const notes: string[] = [];
  const listed = children(role, md, 'KeyDescriptor')
    .filter((key) => (attribute(key, 'use') ?? 'signing') === 'signing')
    .flatMap((key) => children(key, ds, 'KeyInfo'))
    .flatMap((info) => children(info, ds, 'X509Data'))
    .flatMap((data) => children(data, ds, 'X509Certificate'));
  for (const element of listed.slice(0, most.certificates))
    try {
      const certificate = readCertificate(text(element));
      found.set(certificate.fingerprint, certificate);
    } catch (error) {
      notes.push(error instanceof Error ? error.message : String(error));
    }
  if (listed.length > most.certificates)
    notes.push(`Of ${listed.length} certificates the first ${most.certificates} were read.`);
  return { certificates: [...found.values()], notes };
}

/** As browsers write it: `https://idp.example:443/sso` is `https://idp.example/sso`. */
const written = (url: string): string => (URL.canParse(url) ? new URL(url).href : url);

/** The first address for each binding that we know; `from` names the attribute it stands in. */
export function endpointsOf(role: Element, service: string, from: 'Location' | 'ResponseLocation'): Endpoints {
  const found: { -readonly [K in keyof Endpoints]: Endpoints[K] } = {};
  for (const element of children(role, md, service)) {
    const binding = bindings.get(attribute(element, 'Binding') ?? '');
    const location = attribute(element, from)?.trim();
    if (binding !== undefined && location) found[binding] ??= written(location);
  }
  return found;
}

/** The NameID formats that a role lists, as URIs. */
export const formatsOf = (role: Element): readonly string[] =>
  children(role, md, 'NameIDFormat')
    .map(uri)
    .filter((format) => format !== '')
    .slice(0, most.formats);

/** Whether requests have to be signed (an `xs:boolean`). */
export const wantsSignedRequests = (role: Element): boolean =>
  ['true', '1'].includes((attribute(role, 'WantAuthnRequestsSigned') ?? '').trim());
