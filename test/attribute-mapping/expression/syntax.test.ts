import { expect } from 'chai';
import { offeredFunctions, withheldFunctions } from '../../../modules/attribute-mapping/expression/functions.ts';
import { faultOf } from '../../../modules/attribute-mapping/expression/syntax.ts';
import { expressionsUnderTest, refusalOf, resultOf } from './expressions-under-test.ts';

describe('the check of an expression', () => {
  const faults: readonly [expression: string, position: number, words: string][] = [
    ['name.(', 6, 'Expected ")" before end of expression'],
    ['$uppercase(name.givenName', 25, 'Expected ")"'],
    ['$contains(userName, /a{2,1}/)', 0, 'nvalid regular expression'],
    ['  ', 0, 'is empty'],
    ['$upper(userName)', 6, 'There is no function $upper'],
    ['userName & $random()', 18, '$random() is not offered'],
  ];
  for (const [expression, position, words] of faults)
    it(`says where ${JSON.stringify(expression)} is wrong`, () => {
      const fault = faultOf(expression);
      expect(fault?.message).to.contain(words);
      if (words !== 'nvalid regular expression') expect(fault?.position).to.equal(position);
    });

  it('refuses more text than anybody writes', () => {
    expect(faultOf(`"${'x'.repeat(10_000)}"`)?.message).to.contain('at most 10000');
  });

  it('refuses text that is nested too deeply', () => {
    expect(faultOf('('.repeat(9_999))?.message).to.be.a('string');
  });

  for (const expression of [
    'name.givenName',
    '$uppercase(userName)',
    '($twice := function($x) { $x & $x }; $twice(userName))',
    'emails#$i[$i = 0].value',
    '$map(emails, function($e, $i) { $string($i) & $e.value })',
    '$substring(?, 0, 3)("abcdef")',
  ])
    it(`finds nothing wrong with ${expression}`, () => {
      expect(faultOf(expression)).to.equal(undefined);
    });

  it('knows as functions exactly those that can be called', async () => {
    const expressions = expressionsUnderTest();
    const isFunction = async (name: string) => (await resultOf(expressions, `$type($${name})`)) === 'function';
    for (const name of offeredFunctions) expect(await isFunction(name), name).to.equal(true);
    for (const name of withheldFunctions)
      expect((await refusalOf(resultOf(expressions, `$${name}()`))).message).to.contain(name);
    await expressions.stop();
  });
});
