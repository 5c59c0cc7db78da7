import { connectionSchema } from '../../../connection/index.ts';
import { json } from '../../../framework/index.ts';
import type { MetadataReport } from '../../metadata/idp-metadata.ts';
import {
  certificateStates,
  type KnownCertificate,
  keyStates,
  type MetadataSource,
  type SamlConfiguration,
  type ShownKey,
} from '../../provider/configuration.ts';
import type { IdpFacts } from '../../provider/idp-facts.ts';
import {
  type ClaimRow,
  type Endpoints,
  nameIdFormats,
  requestBindings,
  type SamlSettings,
  type TrustedCertificate,
} from '../../provider/provider.ts';
import { samlSwitches, samlTexts } from '../../provider/setting-words.ts';

const { text, number, flag, list, object, oneOf, orNull, said, anything, named } = json;

const switchOf = (name: keyof typeof samlSwitches) =>
  said(`${samlSwitches[name].label}: ${samlSwitches[name].describe}.`, flag);
const textOf = (name: keyof typeof samlTexts) =>
  said(`${samlTexts[name].label}: ${samlTexts[name].describe}.`, orNull(text));

export const settingsSchema = named(
  'SamlSettings',
  object<SamlSettings>({
    signRequests: switchOf('signRequests'),
    signMetadata: switchOf('signMetadata'),
    wantResponseSigned: switchOf('wantResponseSigned'),
    wantAssertionEncrypted: switchOf('wantAssertionEncrypted'),
    requestBinding: oneOf(requestBindings),
    nameIdFormat: oneOf(nameIdFormats),
    idpInitiated: switchOf('idpInitiated'),
    forceAuthn: switchOf('forceAuthn'),
    authnContext: textOf('authnContext'),
    createAtLogin: switchOf('createAtLogin'),
    updateAtLogin: switchOf('updateAtLogin'),
    samlWins: switchOf('samlWins'),
    linkByEmail: switchOf('linkByEmail'),
    identifier: textOf('identifier'),
    groupsAttribute: textOf('groupsAttribute'),
    claims: said('Empty: the table of the connection’s profile.', list(object<ClaimRow>({ claim: text, path: text }))),
    redirects: said('Where browsers may go after login: exact addresses, or prefixes that end in /.', list(text)),
  }),
);

const endpoints = object<Endpoints>({ 'redirect?': text, 'post?': text, 'soap?': text });

export const factsSchema = named(
  'SamlProviderFacts',
  object<IdpFacts>({
    entityId: text,
    ssoUrls: endpoints,
    sloUrls: endpoints,
    sloResponseUrls: endpoints,
    nameIdFormats: list(text),
    wantsSignedRequests: flag,
    validUntil: orNull(text),
  }),
);

const certificateMembers = {
  pem: text,
  fingerprint: said('SHA-256 of the DER.'),
  subject: text,
  notBefore: json.moment,
  notAfter: json.moment,
} as const;
const certificate = named('SamlCertificate', object<TrustedCertificate>(certificateMembers));

export const samlConfigurationSchema = named(
  'SamlConfiguration',
  object<SamlConfiguration>({
    entityId: text,
    metadataUrl: text,
    loginUrl: text,
    acsUrl: text,
    logoutUrl: text,
    connection: connectionSchema,
    on: flag,
    settings: settingsSchema,
    'idp?': factsSchema,
    'offered?': factsSchema,
    source: object<MetadataSource>({
      url: orNull(text),
      certificate: orNull(text),
      readAt: orNull(text),
      triedAt: orNull(text),
      problem: orNull(text),
    }),
    certificates: list(
      object<KnownCertificate>({
        ...certificateMembers,
        state: oneOf(certificateStates),
        addedAt: text,
        missingSince: orNull(text),
      }),
    ),
    keys: list(
      object<ShownKey>({
        id: number,
        state: oneOf(keyStates),
        certificate: text,
        fingerprint: text,
        notAfter: json.moment,
        createdAt: text,
      }),
    ),
  }),
);

export const metadataReportSchema = named(
  'SamlMetadataReport',
  object<MetadataReport>({
    entityId: text,
    trusted: list(certificate),
    offered: said('Certificates that wait for an administrator’s word.', list(certificate)),
    vanished: said('Fingerprints of trusted ones that the metadata lists no more.', list(text)),
    facts: list(object({ attribute: text, 'before?': anything, 'after?': anything })),
    applied: flag,
    signedBy: orNull(text),
    notes: list(text),
  }),
);
