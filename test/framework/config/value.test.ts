import { expect } from 'chai';
import fc from 'fast-check';
import { ConfigError, type ConfigField, formatValue, parseValue } from '../../../modules/framework/index.ts';

const base = { label: 'Field', scope: 'default' } as const;
const fields = {
  text: { ...base, type: 'text', default: '' },
  code: { ...base, type: 'text', default: 'a', pattern: /^[a-z]+$/g },
  secret: { ...base, type: 'secret', default: '' },
  yesno: { ...base, type: 'yesno', default: false },
  number: { ...base, type: 'number', default: 1, min: 1, max: 10 },
  select: { ...base, type: 'select', default: 'a', options: { a: 'A', b: 'B' } },
  list: { ...base, type: 'list', default: [] },
  map: { ...base, type: 'map', default: {} },
} as const satisfies Record<string, ConfigField>;

const parse = (name: keyof typeof fields, text: string) => parseValue(`a/b/${name}`, fields[name], text);

describe('configuration values', () => {
  const good: [keyof typeof fields, string, unknown][] = [
    ['text', ' as it is ', ' as it is '],
    ['text', '', ''],
    ['code', 'abc', 'abc'],
    ['code', 'abc', 'abc'],
    ['yesno', '1', true],
    ['yesno', '0', false],
    ['yesno', 'TRUE', true],
    ['yesno', 'no', false],
    ['yesno', '', false],
    ['number', '10', 10],
    ['number', '2.5', 2.5],
    ['select', 'b', 'b'],
    ['list', 'a, b,,c', ['a', 'b', 'c']],
    ['list', '', []],
    ['list', '["a,b"]', ['a,b']],
    ['map', '{"Sales":"3"}', { Sales: '3' }],
    ['map', '', {}],
  ];
  for (const [name, text, value] of good) {
    it(`read ${name} from "${text}"`, () => {
      expect(parse(name, text)).to.deep.equal(value);
    });
  }

  const bad: [keyof typeof fields, string][] = [
    ['code', 'A1'],
    ['yesno', '2'],
    ['number', ''],
    ['number', '0'],
    ['number', '11'],
    ['number', '1e1'],
    ['number', 'ten'],
    ['select', 'c'],
    ['select', 'constructor'],
    ['list', '[1]'],
    ['list', '["a"'],
    ['map', '[]'],
    ['map', '{"a":1}'],
    ['map', '{"__proto__":"x"}'],
    ['map', 'a=b'],
  ];
  for (const [name, text] of bad) {
    it(`refuse "${text}" for ${name} and name path and label`, () => {
      const error = (() => {
        try {
          return parse(name, text);
        } catch (caught) {
          return caught;
        }
      })();
      expect(error).to.be.instanceOf(ConfigError);
      expect(error).to.have.property('code', 'CONFIG_INVALID');
      expect((error as Error).message).to.contain(`a/b/${name}: "Field" must be`);
    });
  }

  it('survive being stored, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 })),
        fc.dictionary(fc.string(), fc.string()),
        fc.boolean(),
        (list, map, yes) => {
          expect(parse('list', formatValue(list))).to.deep.equal(list);
          fc.pre(!Object.hasOwn(map, '__proto__'));
          expect(parse('map', formatValue(map))).to.deep.equal({ ...map });
          expect(parse('yesno', formatValue(yes))).to.equal(yes);
        },
      ),
      { numRuns: 100 },
    );
  });
});
