import { expect } from 'chai';
import { type MappingRow, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { profiles } from '../../../modules/connection/index.ts';
import type { Resource } from '../../../modules/scim/index.ts';
import { compiled, connection } from '../mapping-under-test.ts';

const mapped = (profile: (typeof profiles)[number], user: Resource) => {
  const { rows, sources } = presetFor(profile);
  return compiled(rows, [], sources).map({ userName: 'x', ...user }, connection);
};
const idsOf = (rows: readonly MappingRow[]) => rows.map(({ id }) => id);

describe('The preset of a profile', () => {
  it('is the same frozen document each time, and maps at least what the generic one does', () => {
    for (const profile of profiles) {
      const preset = presetFor(profile);
      expect(presetFor(profile)).to.equal(preset);
      expect(Object.isFrozen(preset) && Object.isFrozen(preset.rows) && Object.isFrozen(preset.rows[0])).to.equal(true);
      expect(idsOf(preset.rows)).to.include.members(idsOf(presetFor('generic').rows));
    }
  });

  it('takes whoever is not said to be inactive for active', () => {
    for (const [active, row] of [
      [undefined, 1],
      [true, 1],
      [false, 0],
    ] as const)
      expect(mapped('generic', active === undefined ? {} : { active }).attributes.is_active).to.equal(row);
  });

  it('reads countries by name where people fill them in by hand, and drops what it can’t read', () => {
    const country = (profile: (typeof profiles)[number], said: string) =>
      mapped(profile, { addresses: [{ locality: 'x', country: said }] }).address?.country_id;
    for (const profile of [
      'generic',
      'okta',
      'entra',
      'miniorange',
      'onelogin',
      'jumpcloud',
      'google',
      'pingone',
      'centrify',
    ] as const) {
      expect(country(profile, 'Deutschland'), profile).to.equal('DE');
      expect(country(profile, 'fr'), profile).to.equal('FR');
      expect(country(profile, 'Narnia'), profile).to.equal(null);
    }
    expect(country('interop-strict', 'Deutschland')).to.equal(null);
  });

  it('takes miniOrange’s flat address where the user has no other', () => {
    const flat = {
      address1: '1 High St',
      city: 'Ulm',
      state_or_province: 'BW',
      postal_code: '89073',
      country_code: 'Germany',
    };
    const { address } = mapped('miniorange', flat);
    expect(address).to.deep.equal({
      street: '1 High St',
      city: 'Ulm',
      region: 'BW',
      postcode: '89073',
      country_id: 'DE',
    });
    expect(mapped('miniorange', { ...flat, addresses: [{ locality: 'Bonn' }] }).address).to.include({
      city: 'Bonn',
      postcode: '89073',
    });
    expect(mapped('okta', flat).address).to.equal(undefined);
  });
});
