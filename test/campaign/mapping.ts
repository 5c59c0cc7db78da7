import { compile, type MappedValue, presetFor } from '../../modules/attribute-mapping/index.ts';
import { customAttributes } from '../../modules/attribute-mapping/preset/custom-attributes.ts';
import { standardTransforms } from '../../modules/attribute-mapping/transform/standard.ts';
import type { Profile } from '../../modules/connection/index.ts';
import { enterpriseUserSchema, type Resource } from '../../modules/scim/index.ts';
import { connection } from '../attribute-mapping/mapping-under-test.ts';
import { custom, gender } from '../attribute-mapping/store-attributes.ts';

/** A request may cost so much for its mapping, in µs of processor time. */
const most = 100;

/** A user with everything that the presets map, as Okta and Entra send one. */
const user: Resource = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterpriseUserSchema.id],
  userName: 'ada.king@example.com',
  externalId: '00u1dhhb1fkIGP7RL1d8',
  name: { givenName: 'Ada', familyName: 'King', middleName: 'Byron', honorificPrefix: 'Lady', formatted: 'Ada King' },
  displayName: 'Ada King',
  title: 'Countess',
  locale: 'en-US',
  active: true,
  emails: [
    { value: 'ada@home.example', type: 'home' },
    { value: 'ada.king@example.com', type: 'work', primary: true },
  ],
  phoneNumbers: [{ value: '+44 20 7946 0000', type: 'work' }],
  addresses: [
    {
      type: 'work',
      streetAddress: '12 St James Square',
      locality: 'London',
      region: 'London',
      postalCode: 'SW1Y 4JH',
      country: 'GB',
    },
  ],
  [enterpriseUserSchema.id]: {
    employeeNumber: '701984',
    department: 'Analytics',
    costCenter: '4130',
    organization: 'Engines',
    division: 'Difference',
    manager: { value: '26118915' },
  },
};
const drift = new Map<string, MappedValue>([
  ['job_title', 'Analyst'],
  ['address.city', 'Bath'],
]);

/** Processor time of one call in µs: the least of some rounds, because whatever else runs here only adds to it. */
function microseconds(step: () => unknown, calls: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 7; round++) {
    const before = process.cpuUsage();
    for (let call = 0; call < calls; call++) step();
    const { user: own, system } = process.cpuUsage(before);
    least = Math.min(least, (own + system) / calls);
  }
  return least;
}

function measure(profile: Profile, calls: number): { mapping: number; ratio: number } {
  const attributes = [gender, ...customAttributes.map(({ code }) => custom(code, 'varchar'))];
  const mapping = compile(presetFor(profile), { attributes, transforms: standardTransforms });
  const text = JSON.stringify(user);
  const map = microseconds(() => mapping.map(user, connection), calls);
  const back = microseconds(() => mapping.toUser(user, drift), calls);
  const json = microseconds(() => JSON.stringify(JSON.parse(text)), calls);
  const figures = [map, back, map + back, json].map((figure) => figure.toFixed(2).padStart(7));
  console.log(`${profile.padEnd(12)}${figures.join('')}   ${((map + back) / json).toFixed(2)}`);
  return { mapping: map + back, ratio: (map + back) / json };
}

/** What the mapping of the presets costs: a user to a customer, and two changes of the store's back into the user. */
export async function mapping(calls = 20_000): Promise<boolean> {
  console.log('µs of CPU       map   back   both   JSON   ratio to parse + stringify of the same user');
  const generic = measure('generic', calls);
  measure('miniorange', calls);
  console.log(`generic: ${generic.mapping.toFixed(2)} µs a request; at most ${most} are allowed`);
  return generic.mapping <= most;
}
