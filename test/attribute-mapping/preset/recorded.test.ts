import { expect } from 'chai';
import { customAttributes, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { profiles } from '../../../modules/connection/index.ts';
import { enterpriseUserSchema, normalizeResource, type Resource } from '../../../modules/scim/index.ts';
import { recordedTraces } from '../../idp/recorded.ts';
import { compiled, connection } from '../mapping-under-test.ts';
import { custom } from '../store-attributes.ts';

/** A user as providers send one, as far as the presets read it. */
interface Sent {
  readonly userName: string;
  readonly active?: boolean;
  readonly title?: string;
  readonly displayName?: string;
  readonly name?: Readonly<Record<string, string>>;
  readonly emails?: readonly { readonly value: string; readonly primary?: boolean }[];
  readonly phoneNumbers?: readonly { readonly value: string; readonly type?: string }[];
  readonly addresses?: readonly Readonly<Record<string, string>>[];
}

const usual = customAttributes.map(({ code }) => custom(code, 'varchar'));

/** The bodies of every POST and PUT of a user in the traces. */
const bodies = recordedTraces.flatMap(({ trace: { idp, steps } }) =>
  steps.flatMap(({ name, method, path, body }) => {
    const isUser = (method === 'POST' || method === 'PUT') && path.startsWith('/Users') && !path.includes('.search');
    const sent = JSON.parse(JSON.stringify(body ?? {}).replaceAll(/\$\{rand\}/g, '4711')) as Sent & Resource;
    return isUser && typeof sent.userName === 'string' ? [{ what: `${idp}: ${name}`, sent }] : [];
  }),
);

/** What the store shall hold of it, read by hand. */
function expected(sent: Sent & Resource): Record<string, unknown> {
  const { givenName, familyName, middleName, honorificPrefix, honorificSuffix } = sent.name ?? {};
  const enterprise = (sent[enterpriseUserSchema.id] ?? {}) as Readonly<Record<string, string>>;
  const work = sent.phoneNumbers?.find(({ type }) => type === 'work') ?? sent.phoneNumbers?.[0];
  return {
    email: (sent.emails?.find(({ primary }) => primary) ?? sent.emails?.[0])?.value,
    ...(givenName === undefined ? {} : { firstname: givenName.trim() }),
    ...(familyName === undefined ? {} : { lastname: familyName.trim() }),
    middlename: middleName ?? null,
    prefix: honorificPrefix ?? null,
    suffix: honorificSuffix ?? null,
    is_active: sent.active === false ? 0 : 1,
    job_title: sent.title ?? null,
    phone_number: work?.value ?? null,
    employee_number: enterprise.employeeNumber ?? null,
    department: enterprise.department ?? null,
    cost_center: enterprise.costCenter ?? null,
    organization: enterprise.organization ?? null,
    division: enterprise.division ?? null,
  };
}

describe('What providers have been recorded to send, by the preset of every profile', () => {
  it('are at least forty users', () => expect(bodies.length).to.be.at.least(40));

  for (const profile of profiles)
    it(`comes to the customer that anybody would write by hand: ${profile}`, () => {
      const { rows, sources } = presetFor(profile);
      const mapping = compiled(rows, usual, sources);
      expect(mapping.resting).to.deep.equal([]);
      // Names stand in for each other on the way in, so that only the way back tells whether they have rows.
      for (const name of ['firstname', 'lastname']) expect(mapping.hasInverse(name), name).to.equal(true);
      for (const { what, sent } of bodies) {
        const { resource } = normalizeResource(sent, mapping.resourceType());
        const { attributes, address } = mapping.map(resource, connection);
        expect(attributes, what).to.include(expected(sent));
        const [home] = sent.addresses ?? [];
        if (!home) expect(address, what).to.equal(undefined);
        else {
          const { streetAddress, locality, region, postalCode } = home;
          expect(address, what).to.include({ street: streetAddress, city: locality, region, postcode: postalCode });
          expect(address?.country_id, what).to.equal(
            profile === 'interop-strict' && home.country === 'USA' ? null : 'US',
          );
        }
      }
    });
});
