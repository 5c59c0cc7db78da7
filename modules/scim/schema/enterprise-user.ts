import { defineSchema, type Schema } from './schema.ts';

/** The Enterprise User extension, RFC 7643 §4.3 and §8.7.1. */
export const enterpriseUserSchema: Schema = defineSchema({
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  aliases: [
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0User',
    'urn:scim:schemas:extension:enterprise:2.0:User',
    'urn:scim:schemas:extension:enterprise:2.0',
    'urn:scim:schemas:extension:enterprise:1.0',
  ],
  attributes: [
    { name: 'employeeNumber', description: 'The number that the organisation gave to the person.' },
    { name: 'costCenter', description: 'The name of a cost center.' },
    { name: 'organization', description: 'The name of an organisation.' },
    { name: 'division', description: 'The name of a division.' },
    { name: 'department', description: 'The name of a department.' },
    {
      name: 'manager',
      description: "The user's manager.",
      subAttributes: [
        {
          name: 'value',
          description: "The id of the manager's User resource.",
          caseExact: true,
          oldNames: ['managerId'],
        },
        {
          name: '$ref',
          type: 'reference',
          referenceTypes: ['User'],
          description: "The URI of the manager's User resource.",
        },
        { name: 'displayName', description: "The manager's displayName.", mutability: 'readOnly' },
      ],
    },
  ],
});
