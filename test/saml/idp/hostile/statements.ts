import { forged, type Hostile, misstated, responded } from './hostile.ts';

const later = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const success = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const drop = (pattern: RegExp) => (xml: string) => xml.replace(pattern, '');
const confirmation = /<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/;
const data =
  (attribute: RegExp, to = '') =>
  (xml: string) =>
    xml.replace(/<saml:SubjectConfirmationData[^>]*>/, (tag) => tag.replace(attribute, to));

/** Documents with good signatures that say something wrong: points 2 to 7 and 10 to 13. */
export const statements: readonly Hostile[] = [
  // Point 2
  misstated('an assertion of SAML 1.1', 'SAML_STRUCTURE', (xml) => xml.replace('Version="2.0"', 'Version="1.1"')),
  responded('a response of SAML 1.1', 'SAML_STRUCTURE', (xml) => xml.replace('Version="2.0"', 'Version="1.1"')),
  responded('a response without ID', 'SAML_STRUCTURE', (xml) => xml.replace(/ ID="_response[^"]*"/, '')),
  responded('a response of another namespace', 'SAML_STRUCTURE', (xml) =>
    xml.replace('SAML:2.0:protocol', 'SAML:1.0:protocol'),
  ),
  responded('a LogoutResponse', 'SAML_STRUCTURE', (xml) => xml.replaceAll('samlp:Response', 'samlp:LogoutResponse')),
  responded('an ArtifactResponse', 'SAML_STRUCTURE', (xml) =>
    xml.replaceAll('samlp:Response', 'samlp:ArtifactResponse'),
  ),
  responded('an AuthnRequest', 'SAML_STRUCTURE', (xml) => xml.replaceAll('samlp:Response', 'samlp:AuthnRequest')),
  responded('no assertion', 'SAML_STRUCTURE', drop(/<saml:Assertion.*<\/saml:Assertion>/)),
  responded('two signed assertions', 'SAML_STRUCTURE', (xml) =>
    xml.replace(/<saml:Assertion.*<\/saml:Assertion>/, (a) => a + a.replaceAll(/_assertion/g, '_other')),
  ),
  responded('an assertion in another place', 'SAML_STRUCTURE', (xml) =>
    xml.replace(/<saml:Assertion.*<\/saml:Assertion>/, (a) => `<samlp:Extensions>${a}</samlp:Extensions>`),
  ),
  responded('a strange element in the response', 'SAML_STRUCTURE', (xml) =>
    xml.replace('<samlp:Status>', '<x/><samlp:Status>'),
  ),
  responded('an assertion of no namespace beside ours', 'SAML_STRUCTURE', (xml) =>
    xml.replace('</samlp:Response>', '<Assertion/></samlp:Response>'),
  ),
  misstated('an assertion in its advice', 'SAML_STRUCTURE', (xml) =>
    xml.replace(
      '<saml:AuthnStatement',
      '<saml:Advice><saml:Assertion ID="_in" Version="2.0"/></saml:Advice><saml:AuthnStatement',
    ),
  ),
  misstated('two conditions', 'SAML_STRUCTURE', (xml) => xml.replace(/<saml:Conditions.*<\/saml:Conditions>/, '$&$&')),
  misstated('two subjects', 'SAML_STRUCTURE', (xml) => xml.replace(/<saml:Subject>.*<\/saml:Subject>/, '$&$&')),
  misstated('no subject', 'SAML_STRUCTURE', drop(/<saml:Subject>.*<\/saml:Subject>/)),
  misstated('a time that is none', 'SAML_STRUCTURE', (xml) =>
    xml.replace(/IssueInstant="[^"]*"/, 'IssueInstant="today"'),
  ),
  misstated('no time of issue', 'SAML_STRUCTURE', drop(/ IssueInstant="[^"]*"/)),
  // Point 3
  forged('another issuer of the assertion', 'SAML_ISSUER', { assertion: { issuer: 'https://evil.example' } }),
  forged('another issuer of the response', 'SAML_ISSUER', { response: { issuer: 'https://evil.example' } }),
  forged('another issuer of a signed response', 'SAML_ISSUER', {
    sign: 'response',
    response: { issuer: 'https://evil.example' },
  }),
  forged('an issuer with a slash more', 'SAML_ISSUER', { assertion: { issuer: 'https://idp.example/entity/' } }),
  forged('an empty issuer', 'SAML_ISSUER', { assertion: { issuer: '' } }),
  misstated('no issuer', 'SAML_ISSUER', drop(/<saml:Issuer>.*<\/saml:Issuer>/)),
  misstated('an issuer that is no entity', 'SAML_ISSUER', (xml) =>
    xml.replace('<saml:Issuer>', '<saml:Issuer Format="urn:x">'),
  ),
  misstated('two issuers', 'SAML_STRUCTURE', (xml) => xml.replace(/<saml:Issuer>.*<\/saml:Issuer>/, '$&$&')),
  // Point 4
  forged('another destination', 'SAML_DESTINATION', {
    response: { destination: 'https://store.example/saml/other/acs' },
  }),
  forged('another destination of a signed response', 'SAML_DESTINATION', {
    sign: 'response',
    response: { destination: 'https://evil.example/acs' },
  }),
  forged('no destination of a signed response', 'SAML_DESTINATION', {
    sign: 'response',
    response: { destination: undefined },
  }),
  forged('an empty destination', 'SAML_DESTINATION', { response: { destination: '' } }),
  forged('a destination that only begins like ours', 'SAML_DESTINATION', {
    response: { destination: 'https://store.example/saml/acme/acs/x' },
  }),
  // Point 5
  forged('another recipient', 'SAML_SUBJECT', { assertion: { recipient: 'https://store.example/saml/other/acs' } }),
  misstated('no recipient', 'SAML_SUBJECT', data(/ Recipient="[^"]*"/)),
  misstated('no confirmation', 'SAML_SUBJECT', drop(confirmation)),
  misstated('a confirmation without data', 'SAML_SUBJECT', drop(/<saml:SubjectConfirmationData[^>]*>/)),
  misstated('a holder-of-key confirmation', 'SAML_SUBJECT', (xml) => xml.replace('cm:bearer', 'cm:holder-of-key')),
  misstated('a sender-vouches confirmation', 'SAML_SUBJECT', (xml) => xml.replace('cm:bearer', 'cm:sender-vouches')),
  misstated('a confirmation that never ends', 'SAML_SUBJECT', data(/ NotOnOrAfter="[^"]*"/)),
  misstated(
    'a confirmation that has a beginning',
    'SAML_SUBJECT',
    data(/ Recipient/, ' NotBefore="2020-01-01T00:00:00Z" Recipient'),
  ),
  forged('a confirmation that has ended', 'SAML_EXPIRED', ({ now }) => ({
    assertion: { confirmedUntil: later(now, -90) },
  })),
  misstated('two confirmations, none for us', 'SAML_SUBJECT', (xml) =>
    xml.replace(confirmation, (c) => c.replace('/acs"', '/a"') + c.replace('/acs"', '/b"')),
  ),
  // Point 6
  forged('another audience', 'SAML_AUDIENCE', { assertion: { audiences: [['https://other.example']] } }),
  forged('an audience that only begins like ours', 'SAML_AUDIENCE', {
    assertion: { audiences: [['https://store.example/saml/acme/metadata2']] },
  }),
  forged('no audience', 'SAML_AUDIENCE', { assertion: { audiences: [[]] } }),
  forged('no audience restriction', 'SAML_AUDIENCE', { assertion: { audiences: [] } }),
  forged('a second restriction without us', 'SAML_AUDIENCE', {
    assertion: { audiences: [['https://store.example/saml/acme/metadata'], ['https://other.example']] },
  }),
  misstated('no conditions', 'SAML_STRUCTURE', drop(/<saml:Conditions.*<\/saml:Conditions>/)),
  misstated('a condition that nobody knows', 'SAML_STRUCTURE', (xml) =>
    xml.replace('</saml:Conditions>', '<saml:Condition/></saml:Conditions>'),
  ),
  forged('an assertion that has ended', 'SAML_EXPIRED', ({ now }) => ({
    assertion: { notOnOrAfter: later(now, -90) },
  })),
  forged('an assertion that is not valid yet', 'SAML_EXPIRED', ({ now }) => ({
    assertion: { notBefore: later(now, 91) },
  })),
  forged('an assertion of eleven minutes ago', 'SAML_EXPIRED', ({ now }) => ({
    assertion: { issued: later(now, -690) },
  })),
  forged('a response of eleven minutes ago', 'SAML_EXPIRED', ({ now }) => ({ response: { issued: later(now, -690) } })),
  responded('an issuer of another namespace', 'SAML_STRUCTURE', (xml) => xml.replace('xmlns:i="urn', 'xmlns:i="x:urn')),
  forged('an assertion of tomorrow', 'SAML_EXPIRED', ({ now }) => ({ assertion: { issued: later(now, 86_400) } })),
  // Point 7
  forged('a response to another request than its assertion', 'SAML_UNSOLICITED', {
    response: { inResponseTo: '_other' },
  }),
  forged('a response to a request that its assertion does not know', 'SAML_UNSOLICITED', {
    assertion: { inResponseTo: undefined },
  }),
  forged('an answer to nothing', 'SAML_UNSOLICITED', {
    response: { inResponseTo: '' },
    assertion: { inResponseTo: '' },
  }),
  // Point 10
  misstated('an attribute without a name', 'SAML_STRUCTURE', (xml) => xml.replace(' Name="email"', '')),
  misstated('an encrypted attribute', 'SAML_ENCRYPTION', (xml) =>
    xml.replace('<saml:AttributeStatement>', '<saml:AttributeStatement><saml:EncryptedAttribute/>'),
  ),
  // Point 11
  misstated('no NameID', 'SAML_SUBJECT', drop(/<saml:NameID.*<\/saml:NameID>/)),
  misstated('an empty NameID', 'SAML_SUBJECT', (xml) => xml.replace('>ada@example.com</saml:NameID', '></saml:NameID')),
  misstated('a NameID of spaces', 'SAML_SUBJECT', (xml) =>
    xml.replace('>ada@example.com</saml:NameID', '> \n</saml:NameID'),
  ),
  misstated('two NameIDs', 'SAML_STRUCTURE', (xml) => xml.replace(/<saml:NameID.*<\/saml:NameID>/, '$&$&')),
  misstated('an element in the NameID', 'SAML_STRUCTURE', (xml) => xml.replace('>ada@', '>ada<x/>@')),
  misstated('an encrypted NameID', 'SAML_SUBJECT', (xml) =>
    xml.replace(/<saml:NameID.*<\/saml:NameID>/, '<saml:EncryptedID/>'),
  ),
  forged('a NameID of 2,000 characters', 'SAML_SUBJECT', { assertion: { nameId: 'x'.repeat(2000) } }),
  // Point 12
  ...['Requester', 'Responder', 'VersionMismatch', 'AuthnFailed', 'urn:x', `${success}ful`].map((status) =>
    forged(`the status ${status}`, 'SAML_STATUS', { response: { status } }),
  ),
  forged('a failed status without assertion', 'SAML_STATUS', {
    sign: 'none',
    response: { status: 'Responder' },
    edit: { response: drop(/<saml:Assertion.*<\/saml:Assertion>/) },
  }),
  responded('success inside a failure', 'SAML_STATUS', (xml) =>
    xml.replace(
      /<samlp:StatusCode[^>]*\/>/,
      `<samlp:StatusCode Value="urn:x"><samlp:StatusCode Value="${success}"/></samlp:StatusCode>`,
    ),
  ),
  responded('two status codes', 'SAML_STRUCTURE', (xml) => xml.replace(/<samlp:StatusCode[^>]*\/>/, '$&$&')),
  responded('no status', 'SAML_STRUCTURE', drop(/<samlp:Status>.*<\/samlp:Status>/)),
  // Point 13
  misstated('nobody who signed in', 'SAML_STRUCTURE', drop(/<saml:AuthnStatement.*<\/saml:AuthnStatement>/)),
  forged('a session that has ended', 'SAML_EXPIRED', ({ now }) => ({ assertion: { sessionEnds: later(now, -90) } })),
  // Settings
  forged(
    'a plain assertion where an encrypted one is wanted',
    'SAML_ENCRYPTION',
    {},
    { settings: { wantAssertionEncrypted: true } },
  ),
  forged('a connection whose SAML is switched off', 'SAML_DISABLED', {}, { enabled: false }),
];
