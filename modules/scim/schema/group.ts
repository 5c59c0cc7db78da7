import { defineResourceType, type ResourceType } from './resource-type.ts';
import { defineSchema, type Schema } from './schema.ts';

/** The Group schema, RFC 7643 §4.2 and §8.7.1; `displayName` is required, as the prose says (the JSON there forgot). */
export const groupSchema: Schema = defineSchema({
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'Group',
  aliases: [
    'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
    'urn:scim:schemas:core:2.0:Group',
    'urn:scim:schemas:core:2.0',
    'urn:scim:schemas:core:1.0',
  ],
  attributes: [
    { name: 'displayName', description: 'The name of the group.', required: true },
    {
      name: 'members',
      multiValued: true,
      description: 'The members of the group.',
      subAttributes: [
        { name: 'value', description: 'The id of the member.', caseExact: true, mutability: 'immutable' },
        {
          name: '$ref',
          type: 'reference',
          referenceTypes: ['User', 'Group'],
          description: 'The URI of the member.',
          mutability: 'immutable',
        },
        { name: 'display', description: 'A human-readable name of the member, for display.', mutability: 'immutable' },
        {
          name: 'type',
          description: 'Whether the member is a user or a group.',
          canonicalValues: ['User', 'Group'],
          mutability: 'immutable',
        },
      ],
    },
  ],
});

/** `/Groups`. */
export const groupResourceType: ResourceType = defineResourceType({
  id: 'Group',
  name: 'Group',
  endpoint: '/Groups',
  description: 'Group',
  schema: groupSchema,
});
