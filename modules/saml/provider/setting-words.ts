import { nameIdFormats, requestBindings, type SamlSettings } from './provider.ts';

interface Words {
  readonly label: string;
  readonly describe: string;
}

/** The switches, with their words for pages and for the options of `saml:set`. */
export const samlSwitches = {
  signRequests: { label: 'Sign Requests', describe: 'login requests carry a signature; logout requests always do' },
  signMetadata: { label: 'Sign Metadata', describe: 'our metadata document carries a signature' },
  wantResponseSigned: {
    label: 'Response Must Be Signed',
    describe: 'a signed assertion alone is refused (Entra signs only assertions unless told otherwise)',
  },
  wantAssertionEncrypted: { label: 'Assertion Must Be Encrypted', describe: 'an assertion in the clear is refused' },
  idpInitiated: {
    label: 'Allow Logins That Start at the Identity Provider',
    describe: 'responses that answer no request of ours are taken',
  },
  forceAuthn: { label: 'Ask for Credentials Each Time', describe: 'a session at the identity provider is not enough' },
  createAtLogin: {
    label: 'Create Customers at Login',
    describe: 'the first login of somebody unknown makes a customer',
  },
  updateAtLogin: { label: 'Update Customers at Login', describe: 'attributes are taken over at each login' },
  samlWins: {
    label: "SAML's Values Win",
    describe: "an assertion overwrites what SCIM said; off, SCIM's value stays wherever its document has one",
  },
  linkByEmail: {
    label: 'Link by E-Mail Address',
    describe: 'only within the verified domains of the connection; it needs at least one',
  },
} as const satisfies Partial<Record<keyof SamlSettings, Words>>;
export type SamlSwitch = keyof typeof samlSwitches;

/** The settings that are one word of a few. */
export const samlChoices = {
  requestBinding: {
    label: 'Request Binding',
    values: requestBindings,
    describe: 'how login requests travel: in the address (redirect) or in a form (post)',
  },
  nameIdFormat: {
    label: 'NameID Format',
    values: nameIdFormats,
    describe: 'what the identity provider is asked to name people by',
  },
} as const satisfies Partial<Record<keyof SamlSettings, Words & { readonly values: readonly string[] }>>;
export type SamlChoice = keyof typeof samlChoices;

/** The settings that are a text, or nothing. */
export const samlTexts = {
  authnContext: {
    label: 'Authentication Context',
    describe:
      'URI of the AuthnContextClassRef that is asked for and has to come back, such as urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
  },
  identifier: {
    label: 'Identifying Attribute',
    describe: 'name of the attribute that identifies a person instead of the NameID',
  },
  groupsAttribute: { label: 'Groups Attribute', describe: 'name of the attribute that lists groups' },
} as const satisfies Partial<Record<keyof SamlSettings, Words>>;
export type SamlText = keyof typeof samlTexts;

export const [samlSwitchNames, samlChoiceNames, samlTextNames] = [
  Object.keys(samlSwitches) as SamlSwitch[],
  Object.keys(samlChoices) as SamlChoice[],
  Object.keys(samlTexts) as SamlText[],
];
