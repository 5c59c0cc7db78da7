import { expect } from 'chai';
import fc from 'fast-check';
import { parseMoment } from '../../modules/activity/cli/moment.ts';
import { csvCell } from '../../modules/framework/text/csv-cell.ts';

describe('A cell of a CSV report', () => {
  for (const [value, cell] of [
    ['=1+1', `"'=1+1"`],
    ['+49 30', `"'+49 30"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['\r\n=1', `"'\r\n=1"`],
    ['  =1', `"'  =1"`],
    ['＝1', `"'＝1"`],
    ["|cmd /C calc'!A0", `"'|cmd /C calc'!A0"`],
    ['a "quoted" one, with a comma', '"a ""quoted"" one, with a comma"'],
    ['ada@example.com', '"ada@example.com"'],
    [7, '"7"'],
    [undefined, '""'],
  ] as const)
    it(`of ${JSON.stringify(value)} reads ${JSON.stringify(cell)}`, () => {
      expect(csvCell(value)).to.equal(cell);
    });

  it('holds its text whatever it is, and begins with no sign of a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (value) => {
        const cell = csvCell(value);
        const inner = cell.slice(1, -1).replaceAll('""', '"');
        expect([value.replaceAll('\0', ''), `'${value.replaceAll('\0', '')}`]).to.include(inner);
        expect(inner).not.to.match(/^\s*[=+\-@]/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('A time on the command line', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  for (const [text, end, moment] of [
    ['2026-11-01', false, '2026-11-01T00:00:00.000Z'],
    ['2026-11-01', true, '2026-11-02T00:00:00.000Z'],
    ['2026-11-01T08:30', true, '2026-11-01T08:30:00.000Z'],
    ['2026-11-01 08:30:15.5', false, '2026-11-01T08:30:15.500Z'],
    ['2026-11-01T08:30:00+02:00', false, '2026-11-01T06:30:00.000Z'],
    ['24h', false, '2026-11-21T12:00:00.000Z'],
    ['7d', true, '2026-11-15T12:00:00.000Z'],
  ] as const)
    it(`of ${text} as ${end ? 'an end' : 'a beginning'} is ${moment}`, () => {
      expect(parseMoment('from', text, now, end).toISOString()).to.equal(moment);
    });
  for (const text of ['', 'now', '2026-11', '2026-02-30x', '2026-11-01T25:00', '7y', '1e3'])
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(() => parseMoment('to', text, now)).to.throw('--to is a day');
    });
});
