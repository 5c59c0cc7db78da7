import { expect } from 'chai';
import fc from 'fast-check';
import { parseDateTime } from '../../../modules/scim/index.ts';

describe('parseDateTime', () => {
  it('reads every instant that JavaScript writes', () => {
    const dates = fc.date({
      min: new Date('0100-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(dates, (date) => parseDateTime(date.toISOString()) === date.getTime()));
  });

  it('reads offsets, fractions, and the missing zone as UTC', () => {
    const noon = Date.UTC(2026, 0, 31, 12);
    for (const text of ['2026-01-31T12:00:00', '2026-01-31T14:00:00+02:00', '2026-01-31t07:00:00.000000-05:00']) {
      expect(parseDateTime(text), text).to.equal(noon);
    }
    expect(parseDateTime('2026-01-31')).to.equal(Date.UTC(2026, 0, 31));
  });

  it('refuses what is no date', () => {
    for (const text of [
      ...['', 'yesterday', '2026', '2026-1-1', '2026-02-30', '2026-13-01', '2026-01-31T25:00:00Z', '2026-01-31T12:00'],
      ...[
        '2026-01-31T12:00:00.Z',
        '2026-01-31T12:00:00+2',
        '2026-01-31T12:00:00+99:00',
        '2026-01-31 12:00:00',
        '1e999',
      ],
    ]) {
      expect(parseDateTime(text), text).to.equal(undefined);
    }
  });
});
