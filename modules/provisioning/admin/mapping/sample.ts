/** A user as providers send them, to try a mapping with before the first one comes. */
export const sampleUser = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
  userName: 'anna.sample@example.com',
  externalId: 'sample-1',
  name: { givenName: 'Anna', familyName: 'Sample', formatted: 'Anna Sample' },
  displayName: 'Anna Sample',
  title: 'Buyer',
  active: true,
  emails: [{ value: 'anna.sample@example.com', type: 'work', primary: true }],
  phoneNumbers: [{ value: '+1 512 555 0142', type: 'work' }],
  addresses: [
    {
      type: 'work',
      streetAddress: '11501 Rock Rose Ave',
      locality: 'Austin',
      region: 'TX',
      postalCode: '78758',
      country: 'US',
      primary: true,
    },
  ],
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { employeeNumber: 'E-1042', department: 'Purchasing' },
} as const;
