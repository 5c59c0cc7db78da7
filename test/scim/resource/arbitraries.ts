import fc from 'fast-check';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Values of every JSON type, most of them wrong somewhere. */
export const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, 'True', 'false', '', ' ', 0, 42, 1.5, [], {}, 'work', 'home', 'x'),
  fc.string({ maxLength: 5 }),
);

const element: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      { value: values, type: values, primary: values, display: values, Value: values },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: values },
);

export const lists: fc.Arbitrary<unknown> = fc.oneof(fc.array(element, { maxLength: 4 }), element);

const name = fc.record(
  { givenName: values, familyName: values, FAMILYNAME: values, nope: values },
  { requiredKeys: [] },
);
const manager = fc.oneof(
  values,
  fc.record({ value: values, displayName: values }),
  fc.array(fc.record({ value: values }), { maxLength: 2 }),
);

/** User bodies near to what clients send. */
export const resources: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    schemas: fc.constantFrom(['urn:ietf:params:scim:schemas:core:2.0:User'], [], 'x', undefined),
    userName: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('anna', 'Ben', 7) }, { weight: 1, arbitrary: values }),
    active: fc.constantFrom(true, 'False', null, 'x'),
    title: values,
    name: fc.oneof(name, values),
    'name.givenName': values,
    emails: lists,
    phoneNumbers: lists,
    addresses: fc.array(fc.record({ type: values, locality: values, primary: values }, { requiredKeys: [] }), {
      maxLength: 3,
    }),
    roles: lists,
    department: values,
    manager,
    [ENTERPRISE]: fc.record({ department: values, manager }, { requiredKeys: [] }),
    password: values,
    groups: lists,
    id: values,
    unknown: values,
  },
  { requiredKeys: ['userName'] },
);
