import { type AttributeDefinition, defineAttribute } from './attribute.ts';

/** The attributes that every resource has without any schema listing them (RFC 7643 §3, §3.1). */
export const everyResource: readonly AttributeDefinition[] = Object.freeze(
  [
    {
      name: 'schemas',
      type: 'reference' as const,
      multiValued: true,
      description: 'The URIs of the schemas whose attributes the resource has.',
      required: true,
      caseExact: true,
      returned: 'always' as const,
      referenceTypes: ['uri'],
    },
    {
      name: 'id',
      description: 'The identifier that the service provider gave to the resource.',
      caseExact: true,
      mutability: 'readOnly' as const,
      returned: 'always' as const,
      uniqueness: 'server' as const,
    },
    {
      name: 'externalId',
      description: 'The identifier that the provisioning client gave to the resource.',
      caseExact: true,
    },
    {
      name: 'meta',
      description: 'What the service provider knows about the resource itself.',
      mutability: 'readOnly' as const,
      subAttributes: [
        {
          name: 'resourceType',
          description: 'The name of the resource type.',
          caseExact: true,
          mutability: 'readOnly' as const,
        },
        {
          name: 'created',
          type: 'dateTime' as const,
          description: 'When it was added.',
          mutability: 'readOnly' as const,
        },
        {
          name: 'lastModified',
          type: 'dateTime' as const,
          description: 'When it last changed.',
          mutability: 'readOnly' as const,
        },
        {
          name: 'location',
          type: 'reference' as const,
          description: 'The URI of the resource.',
          mutability: 'readOnly' as const,
          referenceTypes: ['uri'],
        },
        { name: 'version', description: 'The entity tag.', caseExact: true, mutability: 'readOnly' as const },
      ],
    },
  ].map(defineAttribute),
);
