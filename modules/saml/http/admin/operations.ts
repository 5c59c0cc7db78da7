import { answer, type JsonSchema, json, type Operation, variable } from '../../../framework/index.ts';
import { keyBits } from '../../provider/key/key-pairs.ts';
import { factsSchema, metadataReportSchema, samlConfigurationSchema, settingsSchema } from './saml-schemas.ts';

const { text, flag, object, oneOf, orNull, said } = json;
const tag = 'SAML settings';
const path = { code: said('The code of the connection.') };
const configuration = answer('Settings, metadata, certificates and keys as they are now.', samlConfigurationSchema);

/** The same members, none of them needed. */
const partly = (schema: JsonSchema, title: string): JsonSchema => ({ ...schema, title, required: [] });

const url = variable('METADATA_URL', 'https://idp.example/metadata');
const certificate = variable('CERTIFICATE_FINGERPRINT', 'c0ffee42');

/** SAML of a connection over the admin API, in words. */
export const samlOperations = {
  show: { tag, summary: 'Show single sign-on of a connection', path, answers: { 200: configuration } },
  change: {
    tag,
    summary: 'Change single sign-on of a connection',
    description: 'What is not named stays as it is.',
    path,
    body: {
      schema: object({
        'on?': flag,
        'settings?': partly(settingsSchema, 'SamlSettingsChanges'),
        'idp?': partly(factsSchema, 'SamlProviderChanges'),
        'metadataUrl?': orNull(text),
        'metadataCertificate?': said('PEM of the certificate that metadata has to be signed with.', orNull(text)),
      }),
      example: { settings: { createAtLogin: true, redirects: ['https://shop.example/'] } },
    },
    answers: { 200: configuration },
  },
  importMetadata: {
    tag,
    summary: 'Take over a provider’s metadata',
    description: 'As a text or from its address. Its certificates are trusted.',
    path,
    body: {
      schema: object({
        'text?': text,
        'url?': text,
        'entityId?': said('Which one is meant, where it describes several.'),
      }),
      example: { url },
    },
    answers: { 200: answer('What was read.', metadataReportSchema) },
  },
  refresh: {
    tag,
    summary: 'Read a provider’s metadata again',
    description: 'What is new is offered, never trusted.',
    path,
    answers: { 200: answer('What was read.', metadataReportSchema) },
  },
  takeOver: {
    tag,
    summary: 'Take over what metadata has offered',
    description: 'Addresses; certificates are trusted one by one.',
    path,
    answers: { 200: configuration },
  },
  trust: {
    tag,
    summary: 'Trust a certificate',
    path,
    body: {
      schema: object({ certificate: said('The fingerprint of one that was seen (its beginning will do), or PEM.') }),
      example: { certificate },
    },
    answers: { 200: configuration },
  },
  distrust: {
    tag,
    summary: 'Trust a certificate no longer',
    path: { ...path, fingerprint: said('SHA-256 of the DER, in hex.') },
    answers: { 200: configuration },
  },
  rotate: {
    tag,
    summary: 'Rotate the key of the service provider',
    path,
    body: {
      schema: object({ step: oneOf(['start', 'complete', 'cancel']), 'bits?': oneOf(keyBits) }),
      example: { step: 'start' },
    },
    answers: { 200: configuration },
  },
} as const satisfies Record<string, Operation>;
