import type { ScimType } from '../error.ts';

interface Entry {
  readonly name: string;
  readonly what: string;
  readonly who: string;
  /** What `interop-strict` answers instead; `same` where it is read alike, because refusing it would help nobody. */
  readonly strict: ScimType | '415' | 'same';
}

/**
 * Everything that identity providers send beside RFC 7643 and RFC 7644 (or that the interop profile forbids) and that
 * `compat` understands. Each is normalised in one place, which notes it under this name.
 */
export const deviations = [
  // Values
  {
    name: 'string-boolean',
    what: 'A boolean as text: "True", "false".',
    who: 'Entra ID, Keycloak, OneLogin templates',
    strict: 'invalidValue',
  },
  { name: 'string-number', what: 'A number as text.', who: 'templates of administrators', strict: 'invalidValue' },
  {
    name: 'unquoted-string',
    what: 'A number or boolean where the schema says string.',
    who: 'templates of administrators',
    strict: 'invalidValue',
  },
  {
    name: 'single-value-for-list',
    what: 'One element without its list: "emails": {…}.',
    who: 'OneLogin',
    strict: 'invalidValue',
  },
  {
    name: 'list-for-single-value',
    what: 'A list of one for a single value: "manager": [{…}].',
    who: 'Entra ID',
    strict: 'invalidValue',
  },
  {
    name: 'simple-value-for-complex',
    what: 'A bare value for a complex one: "manager": "7", "emails": ["a@example.com"].',
    who: 'Entra ID',
    strict: 'invalidValue',
  },
  {
    name: 'wrapped-simple-value',
    what: 'A simple value in the form of an element: [{"$ref": null, "value": "x"}].',
    who: 'Entra ID (older form)',
    strict: 'invalidValue',
  },
  {
    name: 'json-text',
    what: 'An element of roles as JSON text in its value: "{\\"value\\": \\"25\\", \\"displayName\\": \\"Editor\\"}".',
    who: 'Entra ID (app role assignments)',
    strict: 'invalidValue',
  },
  {
    name: 'several-primary',
    what: 'More than one primary element; the first stays it.',
    who: 'Entra ID (app role assignments)',
    strict: 'invalidValue',
  },
  {
    name: 'duplicate-value',
    what: 'An element twice, with the same value and type; they become one.',
    who: 'templates of administrators',
    strict: 'same',
  },
  // Names
  {
    name: 'flat-name',
    what: 'A path as a key: "name.givenName", "urn:…:User:department", or "department" at the top.',
    who: 'Entra ID (aadOptscim062020, older form)',
    strict: 'invalidSyntax',
  },
  {
    name: 'bare-extension',
    what: "An extension's attribute without its URN, in a filter, sortBy or path.",
    who: 'Entra ID (manager eq …)',
    strict: 'invalidPath',
  },
  {
    name: 'urn-with-dot',
    what: "A dot between a schema's URN and the attribute: urn:…:User.department.",
    who: 'clients of older libraries',
    strict: 'invalidSyntax',
  },
  {
    name: 'old-schema-uri',
    what: "A schema's URI of SCIM 1.1 or of a draft, misspelt (enterprise:2.0User), a vendor's, or in another case.",
    who: 'OneLogin, Entra ID',
    strict: 'invalidSyntax',
  },
  {
    name: 'foreign-schema',
    what: 'A URI in "schemas" that nobody here knows.',
    who: 'Entra ID, templates of administrators',
    strict: 'invalidSyntax',
  },
  {
    name: 'old-attribute-name',
    what: "A sub-attribute's name of SCIM 1.1: manager.managerId.",
    who: 'OneLogin',
    strict: 'invalidSyntax',
  },
  {
    name: 'unknown-attribute',
    what: 'An attribute outside every known schema; it is left out.',
    who: 'all of them',
    strict: 'invalidSyntax',
  },
  {
    name: 'core-under-urn',
    what: "The core schema's attributes under its URN instead of at the top.",
    who: 'Google Workspace, templates of administrators',
    strict: 'invalidSyntax',
  },
  { name: 'schemas-missing', what: 'No "schemas", or not the right one.', who: 'OneLogin', strict: 'invalidSyntax' },
  {
    name: 'schemas-not-a-list',
    what: '"schemas" is one URI.',
    who: 'templates of administrators',
    strict: 'invalidSyntax',
  },
  // PATCH
  { name: 'op-case', what: '"op": "Add", "REPLACE".', who: 'Entra ID', strict: 'invalidSyntax' },
  {
    name: 'patch-without-path',
    what: 'An operation without a path, whose value holds the attributes; the interop profile forbids what the RFC has.',
    who: 'Okta, Entra ID (aadOptscim062020), authentik',
    strict: 'invalidSyntax',
  },
  {
    name: 'path-to-element',
    what: 'A filtered path that does not end in a sub-attribute, to add or replace a whole element.',
    who: 'clients that follow the RFC; the interop profile forbids it',
    strict: 'invalidPath',
  },
  {
    name: 'remove-with-value',
    what: 'A removal that names the elements in "value": these go, and no others.',
    who: 'Entra ID, authentik, JumpCloud',
    strict: 'invalidValue',
  },
  {
    name: 'element-created',
    what: 'A filtered path that selects nothing: the element it describes comes into being.',
    who: 'Entra ID',
    strict: 'noTarget',
  },
  // Queries
  {
    name: 'unquoted-filter-value',
    what: 'A text without quotes in a filter: externalId eq 7a.',
    who: 'Entra ID, PingFederate',
    strict: 'invalidFilter',
  },
  {
    name: 'alias',
    what: 'Another name for an attribute in a filter: email.',
    who: 'clients with a configurable filter',
    strict: 'invalidFilter',
  },
  {
    name: 'filtered-path-in-filter',
    what: 'emails[type eq "work"].value eq "x" for emails[type eq "work" and value eq "x"].',
    who: 'Entra ID',
    strict: 'invalidFilter',
  },
  {
    name: 'plus-for-blank',
    what: 'Blanks of a query written as "+", in a parameter that has none as "%20".',
    who: 'OneLogin',
    strict: 'invalidFilter',
  },
  {
    name: 'attributes-and-excluded',
    what: 'Both attributes and excludedAttributes; what both of them leave is shown.',
    who: 'clients with a configurable query',
    strict: 'invalidValue',
  },
  {
    name: 'discovery-filter',
    what: 'A filter on a discovery endpoint; it means nothing.',
    who: 'suites',
    strict: 'same',
  },
  {
    name: 'loose-url',
    what: 'Doubled and trailing slashes, an empty "?" or "&", names of endpoints in another case. Not noted.',
    who: 'OneLogin, pasted base URLs',
    strict: 'same',
  },
  { name: 'media-type-missing', what: 'A body without a Content-Type.', who: 'scripts', strict: '415' },
] as const satisfies readonly Entry[];

export type DeviationName = (typeof deviations)[number]['name'];

/** One entry of `deviations`. */
export type Deviation = Entry & { readonly name: DeviationName };
