import { expect } from 'chai';
import fc from 'fast-check';
import {
  applyPatch,
  normalizeResource,
  type Resource,
  readPatch,
  ScimError,
  userResourceType,
} from '../../../modules/scim/index.ts';
import { runs } from '../../setup/runs.ts';
import { lists, resources, values } from '../resource/arbitraries.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const paths = fc.constantFrom(
  ...[
    'userName',
    'title',
    'active',
    'name',
    'name.givenName',
    'emails',
    'emails.value',
    'emails.primary',
    'roles',
    'password',
  ],
  ...[
    'emails[type eq "work"]',
    'emails[type eq "work"].value',
    'emails[type eq "home"].primary',
    'emails[primary eq true].value',
  ],
  ...[
    'emails[value eq "x"]',
    'emails[type ne "work"].display',
    'addresses[type eq "work"].locality',
    'addresses',
    'emails.type',
  ],
  ...[
    'manager',
    'manager.value',
    `${ENTERPRISE}:department`,
    ENTERPRISE,
    'id',
    'nope',
    '__proto__',
    'name.__proto__',
    'emails[',
  ],
);
const verbs = fc.constantFrom('add', 'replace', 'remove', 'Add', 'REMOVE');
const pathless = fc.oneof(
  resources,
  fc
    .constantFrom(
      '{"__proto__":{"polluted":1}}',
      '{"name":{"__proto__":{"polluted":1}}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
    )
    .map((text): unknown => JSON.parse(text)),
);
const operation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: verbs,
      path: paths,
      value: fc.oneof(values, lists, fc.record({ value: values, givenName: values })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: verbs, value: pathless }) },
);

/** A user as it would be stored. */
const stored: fc.Arbitrary<Resource> = resources.map((body) => {
  try {
    return { ...normalizeResource(body, userResourceType).resource, id: '7' };
  } catch {
    return { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'anna', id: '7' };
  }
});

/** Undefined where the patch is refused; anything thrown but a ScimError fails the test. */
function patched(resource: Resource, operations: readonly object[]): ReturnType<typeof applyPatch> | undefined {
  try {
    return applyPatch(resource, readPatch({ schemas: [], Operations: operations }, userResourceType), userResourceType);
  } catch (error) {
    if (error instanceof ScimError && error.status === 400) return undefined;
    throw error;
  }
}

describe('PATCH in general', () => {
  it('is refused with a ScimError or done, leaves its input alone and no prototype behind', () => {
    fc.assert(
      fc.property(stored, fc.array(operation, { minLength: 1, maxLength: 4 }), (resource, operations) => {
        const before = structuredClone(resource);
        const result = patched(resource, operations);
        expect(resource).to.deep.equal(before);
        expect(Object.keys(Object.prototype)).to.deep.equal([]);
        expect({}).not.to.have.property('polluted');
        if (!result) return;
        expect(result.changed).to.equal(result.resource !== resource);
        expect(result.resource.id).to.equal('7');
      }),
      { numRuns: runs(500) },
    );
  });

  it('leaves a resource that a client could have sent: canonical, at most one primary, nothing unassigned', () => {
    fc.assert(
      fc.property(stored, fc.array(operation, { minLength: 1, maxLength: 4 }), (resource, operations) => {
        const result = patched(resource, operations);
        if (!result) return;
        const { id: _id, ...rest } = result.resource;
        expect(normalizeResource(rest, userResourceType, 'interop-strict').resource).to.deep.equal(rest);
      }),
      { numRuns: runs(500) },
    );
  });

  it('done twice is done once', () => {
    fc.assert(
      fc.property(stored, operation, (resource, one) => {
        const once = patched(resource, [one]);
        const twice = once && patched(once.resource, [one]);
        if (twice) expect(twice).to.include({ changed: false, resource: once.resource });
      }),
      { numRuns: runs(500) },
    );
  });
});
