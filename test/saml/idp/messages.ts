const names = {
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  status: 'urn:oasis:names:tc:SAML:2.0:status',
} as const;

/** A claim as a forged assertion makes it. */
export interface ForgedAttribute {
  readonly name: string;
  readonly values: readonly string[];
  readonly format?: string;
  readonly friendlyName?: string;
  /** Writes `xsi:type="xs:string"` on the values. */
  readonly typed?: boolean;
}

/** What a forged assertion says. Everything may be as wrong as a test wants it. */
export interface AssertionFacts {
  readonly id: string;
  readonly issuer: string;
  readonly issued: Date;
  readonly nameId: string;
  readonly nameIdFormat: string | undefined;
  readonly nameQualifier: string | undefined;
  readonly spNameQualifier: string | undefined;
  readonly recipient: string;
  readonly inResponseTo: string | undefined;
  readonly confirmedUntil: Date;
  readonly notBefore: Date;
  readonly notOnOrAfter: Date;
  /** Each inner list is one restriction. */
  readonly audiences: readonly (readonly string[])[];
  readonly authnInstant: Date;
  readonly authnContext: string;
  readonly sessionIndex: string | undefined;
  readonly sessionEnds: Date | undefined;
  readonly attributes: readonly ForgedAttribute[];
  /** Prefix of the namespace of assertions; empty: none. */
  readonly prefix: string;
  /** One element per line. */
  readonly pretty: boolean;
}

/** What the response around it says. */
export interface ResponseFacts {
  readonly id: string;
  readonly issuer: string | undefined;
  readonly issued: Date;
  readonly destination: string | undefined;
  readonly inResponseTo: string | undefined;
  /** The last part of the status code's URN. */
  readonly status: string;
  readonly prefix: string;
  /** Declarations of further namespaces, such as `xmlns:xs="…"`. */
  readonly declarations: string;
  readonly xmlDeclaration: boolean;
  readonly pretty: boolean;
}

/** Text as it stands in XML. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

type Attributes = Readonly<Record<string, string | undefined>>;

/** Writes elements of one namespace under one prefix. */
function writer(prefix: string) {
  const tag = (name: string): string => (prefix ? `${prefix}:${name}` : name);
  return (name: string, attributes: Attributes, ...content: readonly string[]): string => {
    const written = Object.entries(attributes)
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .map(([key, value]) => ` ${key}="${escaped(value)}"`)
      .join('');
    const inner = content.join('');
    return inner ? `<${tag(name)}${written}>${inner}</${tag(name)}>` : `<${tag(name)}${written}/>`;
  };
}

const declared = (prefix: string, namespace: string): Attributes => ({
  [prefix ? `xmlns:${prefix}` : 'xmlns']: namespace,
});

const prettily = (xml: string, pretty: boolean): string => (pretty ? xml.replace(/></g, '>\n  <') : xml);

function attributeOf(make: ReturnType<typeof writer>, attribute: ForgedAttribute): string {
  const typed: Attributes = attribute.typed
    ? {
        'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:type': 'xs:string',
      }
    : {};
  return make(
    'Attribute',
    { Name: attribute.name, NameFormat: attribute.format, FriendlyName: attribute.friendlyName },
    ...attribute.values.map((value) => make('AttributeValue', typed, escaped(value))),
  );
}

/** An unsigned assertion. */
export function assertionXml(facts: AssertionFacts): string {
  const make = writer(facts.prefix);
  const xml = make(
    'Assertion',
    { ...declared(facts.prefix, names.saml), ID: facts.id, IssueInstant: facts.issued.toISOString(), Version: '2.0' },
    make('Issuer', {}, escaped(facts.issuer)),
    make(
      'Subject',
      {},
      make(
        'NameID',
        { Format: facts.nameIdFormat, NameQualifier: facts.nameQualifier, SPNameQualifier: facts.spNameQualifier },
        escaped(facts.nameId),
      ),
      make(
        'SubjectConfirmation',
        { Method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer' },
        make('SubjectConfirmationData', {
          InResponseTo: facts.inResponseTo,
          NotOnOrAfter: facts.confirmedUntil.toISOString(),
          Recipient: facts.recipient,
        }),
      ),
    ),
    make(
      'Conditions',
      { NotBefore: facts.notBefore.toISOString(), NotOnOrAfter: facts.notOnOrAfter.toISOString() },
      ...facts.audiences.map((list) =>
        make('AudienceRestriction', {}, ...list.map((audience) => make('Audience', {}, escaped(audience)))),
      ),
    ),
    make(
      'AuthnStatement',
      {
        AuthnInstant: facts.authnInstant.toISOString(),
        SessionIndex: facts.sessionIndex,
        SessionNotOnOrAfter: facts.sessionEnds?.toISOString(),
      },
      make('AuthnContext', {}, make('AuthnContextClassRef', {}, escaped(facts.authnContext))),
    ),
    facts.attributes.length > 0
      ? make('AttributeStatement', {}, ...facts.attributes.map((attribute) => attributeOf(make, attribute)))
      : '',
  );
  return prettily(xml, facts.pretty);
}

/** An unsigned response around an assertion, which may be encrypted or missing. */
export function responseXml(facts: ResponseFacts, assertion: string): string {
  const make = writer(facts.prefix);
  const status = facts.status.startsWith('urn:') ? facts.status : `${names.status}:${facts.status}`;
  const xml = make(
    'Response',
    {
      ...declared(facts.prefix, names.samlp),
      Destination: facts.destination,
      ID: facts.id,
      InResponseTo: facts.inResponseTo,
      IssueInstant: facts.issued.toISOString(),
      Version: '2.0',
    },
    facts.issuer === undefined ? '' : `<i:Issuer xmlns:i="${names.saml}">${escaped(facts.issuer)}</i:Issuer>`,
    make('Status', {}, make('StatusCode', { Value: status })),
    assertion ? '\u0000' : '',
  );
  const whole = prettily(
    xml.replace(' Destination', ` ${facts.declarations} Destination`.replace(/ {2,}/g, ' ')),
    facts.pretty,
  );
  return `${facts.xmlDeclaration ? '<?xml version="1.0" encoding="UTF-8"?>\n' : ''}${whole.replace('\u0000', () => assertion)}`;
}
