import type { AttributeDeclaration } from './attribute.ts';
import { enterpriseUserSchema } from './enterprise-user.ts';
import { defineResourceType, type ResourceType } from './resource-type.ts';
import { defineSchema, type Schema } from './schema.ts';

/** A multi-valued attribute of RFC 7643 §2.4's shape: value, display, type, primary. */
const plural = (
  name: string,
  description: string,
  value: Omit<AttributeDeclaration, 'name'>,
  types?: readonly string[],
): AttributeDeclaration => ({
  name,
  multiValued: true,
  description,
  subAttributes: [
    { name: 'value', ...value },
    { name: 'display', description: 'A human-readable name, for display.' },
    {
      name: 'type',
      description: 'A label for what the value is used for.',
      ...(types === undefined ? {} : { canonicalValues: types }),
    },
    {
      name: 'primary',
      type: 'boolean',
      description: 'Whether this is the preferred value. At most one value is primary.',
    },
  ],
});

/** The core User schema, RFC 7643 §4.1 and §8.7.1. */
export const userSchema: Schema = defineSchema({
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'User Account',
  aliases: ['urn:scim:schemas:core:2.0:User', 'urn:scim:schemas:core:2.0', 'urn:scim:schemas:core:1.0'],
  attributes: [
    {
      name: 'userName',
      description: 'The name by which the user signs in. Unique over the whole service, compared without case.',
      required: true,
      uniqueness: 'server',
    },
    {
      name: 'name',
      description: "The components of the user's name.",
      subAttributes: [
        { name: 'formatted', description: 'The full name, formatted for display.' },
        { name: 'familyName', description: 'The family name, or last name in most Western languages.' },
        { name: 'givenName', description: 'The given name, or first name in most Western languages.' },
        { name: 'middleName', description: 'The middle name or names.' },
        { name: 'honorificPrefix', description: 'The title, such as "Ms.".' },
        { name: 'honorificSuffix', description: 'The suffix, such as "III".' },
      ],
    },
    { name: 'displayName', description: 'The name to show to others.' },
    { name: 'nickName', description: 'The casual way to address the user.' },
    {
      name: 'profileUrl',
      type: 'reference',
      referenceTypes: ['external'],
      description: "The URL of the user's online profile.",
    },
    { name: 'title', description: 'The job title, such as "Vice President".' },
    { name: 'userType', description: 'The relation to the organisation, such as "Employee" or "Intern".' },
    { name: 'preferredLanguage', description: 'The preferred languages, as in an Accept-Language header.' },
    { name: 'locale', description: 'The default location for currency, dates and numbers, such as "en-US".' },
    { name: 'timezone', description: 'The time zone in IANA form, such as "America/Los_Angeles".' },
    { name: 'active', type: 'boolean', description: 'Whether the user may sign in.' },
    {
      name: 'password',
      description: 'The clear text password. Never returned, never stored as sent.',
      caseExact: true,
      mutability: 'writeOnly',
      returned: 'never',
    },
    plural('emails', 'E-mail addresses.', { description: 'The e-mail address.' }, ['work', 'home', 'other']),
    plural('phoneNumbers', 'Phone numbers.', { description: 'The phone number.' }, [
      'work',
      'home',
      'mobile',
      'fax',
      'pager',
      'other',
    ]),
    plural('ims', 'Instant messaging addresses.', { description: 'The instant messaging address.' }, [
      'aim',
      'gtalk',
      'icq',
      'xmpp',
      'msn',
      'skype',
      'qq',
      'yahoo',
    ]),
    plural(
      'photos',
      'URLs of photos.',
      { type: 'reference', referenceTypes: ['external'], description: 'The URL of a photo.' },
      ['photo', 'thumbnail'],
    ),
    {
      name: 'addresses',
      multiValued: true,
      description: 'Physical mailing addresses.',
      subAttributes: [
        { name: 'formatted', description: 'The full address, formatted for display; may contain newlines.' },
        { name: 'streetAddress', description: 'House number, street name, P.O. box; may contain newlines.' },
        { name: 'locality', description: 'The city.' },
        { name: 'region', description: 'The state or region.' },
        { name: 'postalCode', description: 'The postal code.' },
        { name: 'country', description: 'The country, as ISO 3166-1 alpha-2 code.' },
        {
          name: 'type',
          description: 'A label for what the address is used for.',
          canonicalValues: ['work', 'home', 'other'],
        },
        {
          name: 'primary',
          type: 'boolean',
          description: 'Whether this is the preferred address. At most one address is primary.',
        },
      ],
    },
    {
      name: 'groups',
      multiValued: true,
      description: 'The groups the user belongs to. Changed through the Group resources.',
      mutability: 'readOnly',
      subAttributes: [
        { name: 'value', description: 'The id of the group.', caseExact: true, mutability: 'readOnly' },
        {
          name: '$ref',
          type: 'reference',
          referenceTypes: ['User', 'Group'],
          description: 'The URI of the group.',
          mutability: 'readOnly',
        },
        { name: 'display', description: 'The name of the group.', mutability: 'readOnly' },
        {
          name: 'type',
          description: 'Whether the membership is direct or indirect.',
          canonicalValues: ['direct', 'indirect'],
          mutability: 'readOnly',
        },
      ],
    },
    plural('entitlements', 'Entitlements: things the user has.', { description: 'The entitlement.' }),
    { ...plural('roles', 'Roles: who the user is.', { description: 'The role.' }), asJsonText: true },
    plural('x509Certificates', 'Certificates.', { type: 'binary', description: 'The certificate, DER in base64.' }),
  ],
});

/** `/Users`, with the enterprise extension. */
export const userResourceType: ResourceType = defineResourceType({
  id: 'User',
  name: 'User',
  endpoint: '/Users',
  description: 'User Account',
  schema: userSchema,
  extensions: [{ schema: enterpriseUserSchema, required: false }],
  aliases: { email: 'emails.value' },
});
