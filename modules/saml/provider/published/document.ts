import { element, xmlText } from '../../message/element.ts';
import { nameIdFormatUris, postBinding, protocolNs } from '../../message/names.ts';
import { base64Of } from '../certificate/certificate.ts';
import { nameIdFormats, type SamlKey, type SamlProvider } from '../provider.ts';

const metadataNs = 'urn:oasis:names:tc:SAML:2.0:metadata';
const signatureNs = 'http://www.w3.org/2000/09/xmldsig#';
const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

/** What may be encrypted with; the first is what an identity provider should take. CBC modes are not named: they tell too much. */
const encryptionMethods = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
];

/** How long a reader may go on without looking again (saml-metadata §2.3.2), so that a rollover reaches it within a day. */
const cacheDuration = 'PT12H';

/**
 * Our metadata (saml-metadata-2.0-os), with elements in the order of its schema. While a rollover is under way, the next
 * key stands behind the active one for both uses. Nothing in it depends on the time.
 *
 * @param id of the root, needed where it is signed
 */
export function metadataDocument(provider: SamlProvider, id: string | undefined): string {
  const { settings, keys, entityId, acsUrl, logoutUrl } = provider;
  const published = [keys.signing, keys.next].filter((key) => key !== undefined);
  return element(
    'md:EntityDescriptor',
    { 'xmlns:md': metadataNs, ID: id, entityID: entityId, cacheDuration },
    element(
      'md:SPSSODescriptor',
      {
        AuthnRequestsSigned: String(settings.signRequests),
        WantAssertionsSigned: 'true',
        protocolSupportEnumeration: protocolNs,
      },
      ...published.map((key) => keyDescriptor('signing', key)),
      ...published.map((key) => keyDescriptor('encryption', key, encryptionMethods)),
      ...[redirectBinding, postBinding].map((Binding) =>
        element('md:SingleLogoutService', { Binding, Location: logoutUrl }),
      ),
      ...formatsOf(provider).map((format) => element('md:NameIDFormat', {}, format)),
      element('md:AssertionConsumerService', {
        Binding: postBinding,
        Location: acsUrl,
        index: '0',
        isDefault: 'true',
      }),
      attributeService(provider),
    ),
  );
}

const keyDescriptor = (use: string, { certificate }: SamlKey, methods: readonly string[] = []): string =>
  element(
    'md:KeyDescriptor',
    { use },
    element(
      'ds:KeyInfo',
      { 'xmlns:ds': signatureNs },
      element('ds:X509Data', {}, element('ds:X509Certificate', {}, base64Of(certificate))),
    ),
    ...methods.map((Algorithm) => element('md:EncryptionMethod', { Algorithm })),
  );

/** The wanted format first, for readers that take the first; a transient one names nobody twice, so only where wanted. */
function formatsOf({ settings: { nameIdFormat: wanted } }: SamlProvider): readonly string[] {
  const others = nameIdFormats.filter((format) => format !== wanted && format !== 'transient');
  return [wanted, ...others].map((format) => nameIdFormatUris[format]);
}

/** The attributes that the connection's table reads, so that an administrator of the identity provider sees what to send. */
function attributeService({ settings, connection }: SamlProvider): string | undefined {
  const names = [settings.identifier, ...settings.claims.map(({ claim }) => claim), settings.groupsAttribute];
  const wanted = new Set(names.filter((name) => name !== null && name !== 'NameID'));
  if (wanted.size === 0) return undefined;
  return element(
    'md:AttributeConsumingService',
    { index: '0' },
    element('md:ServiceName', { 'xml:lang': 'en' }, xmlText(connection.name)),
    ...[...wanted].map((Name) => element('md:RequestedAttribute', { Name: String(Name) })),
  );
}
