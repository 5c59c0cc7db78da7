import { expect } from 'chai';
import { requirements, stateOf } from '../../../modules/attribute-mapping/index.ts';
import { profiles } from '../../../modules/connection/index.ts';

const names = (profile: Parameters<typeof requirements>[0], needed: string) =>
  requirements(profile)
    .filter((requirement) => requirement.needed === needed)
    .map(({ name }) => name);
const lights = (payload?: unknown) =>
  Object.fromEntries(
    stateOf(requirements('miniorange'), payload).map(({ requirement, state }) => [requirement.name, state]),
  );

const six = ['userName', 'name.givenName', 'name.familyName', 'emails[type eq "work"].value', 'active', 'displayName'];
const address = ['address1', 'city', 'state_or_province', 'postal_code', 'country_code'];

describe('What a provider has to send', () => {
  it('is for miniOrange its six and the guide’s id, and the guides’ address had better come too', () => {
    expect(names('miniorange', 'required')).to.have.members(['id', ...six]);
    expect(names('miniorange', 'recommended')).to.deep.equal(address);
  });

  it('is asked of every provider, each told where in its own words', () => {
    const places = new Set<string>();
    for (const profile of profiles) {
      const all = requirements(profile);
      expect(all.map(({ name }) => name)).to.include.members([...six, ...address, 'id']);
      expect(all.findIndex(({ needed }) => needed === 'recommended')).to.equal(names(profile, 'required').length);
      for (const { add, label, name } of all) expect(`${add}${label}${name}`, profile).to.match(/^.{30,}$/);
      places.add(all[1]?.add ?? '');
    }
    expect(places.size).to.equal(profiles.length - 1);
    expect(requirements('okta').find(({ name }) => name === 'city')?.add)
      .to.include('Profile Editor')
      .and.include('addresses[type eq "work"].locality');
    expect(requirements('miniorange').find(({ name }) => name === 'city')?.add)
      .to.include('User Profile Field')
      .and.include('"city"');
    expect(requirements('entra')[0]?.add).to.include('Add New Mapping');
  });
});

describe('The lights of required attributes', () => {
  it('are out until something was received', () => {
    expect(new Set(Object.values(lights()))).to.deep.equal(new Set(['never-seen']));
    expect(new Set(Object.values(lights('text')))).to.deep.equal(new Set(['never-seen']));
  });

  it('tell what the last payload had, flat or as SCIM has it', () => {
    expect(
      lights({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: 'ada',
        name: { givenName: 'Ada', familyName: ' ' },
        emails: [{ value: 'a@x.example', type: 'home' }],
        city: 'Bonn',
        addresses: [{ country: 'DE', type: 'work' }],
        active: 'True',
      }),
    ).to.deep.equal({
      id: 'present',
      userName: 'present',
      'name.givenName': 'present',
      'name.familyName': 'missing',
      'emails[type eq "work"].value': 'present',
      active: 'present',
      displayName: 'missing',
      address1: 'missing',
      city: 'present',
      state_or_province: 'missing',
      postal_code: 'missing',
      country_code: 'present',
    });
  });

  it('understand what providers write beside the schemas, and what was masked', () => {
    const masked = { UserName: '***', 'name.givenName': '***', active: '***', address1: '***' };
    expect(lights({ userName: 'x', 'name.givenName': 'Ada' })['name.givenName']).to.equal('present');
    expect(lights({ ...masked, userName: '***' })).to.include({
      active: 'present',
      address1: 'present',
      userName: 'present',
    });
    expect(lights({ userName: 'x', active: false }).active).to.equal('present');
  });
});
