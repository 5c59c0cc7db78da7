import { expect } from 'chai';
import type { Expressions } from '../../../modules/attribute-mapping/expression/expressions.ts';
import { withheldFunctions } from '../../../modules/attribute-mapping/expression/functions.ts';
import { anna, expressionsUnderTest, refusalOf, resultOf } from './expressions-under-test.ts';

/** Backtracks for longer than anybody waits. */
const badRegex = '$contains("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)';

describe('hostile mapping expressions', function () {
  this.timeout(60_000);

  describe('with time enough', () => {
    let expressions: Expressions;
    before(() => {
      expressions = expressionsUnderTest();
    });
    after(() => expressions.stop());

    for (const name of [
      'process',
      'require',
      'global',
      'globalThis',
      'fetch',
      'console',
      'constructor',
      '$.constructor',
      '__proto__',
      '$lookup($, "__proto__")',
      '$lookup($, "constructor")',
      '$uppercase.constructor',
      '$process',
      '$globalThis',
      '"".constructor.constructor("return 1")()',
      '$eval("globalThis")',
    ])
      it(`find nothing under ${name}`, async () => {
        expect(await resultOf(expressions, name)).to.equal(undefined);
      });

    for (const expression of [
      '$ ~> |$|{"__proto__": {"polluted": 1}}|',
      '$merge([{"__proto__": {"polluted": 1}}, {"a": 1}])',
      '$merge({"constructor": {"prototype": {"polluted": 1}}})',
      '{"__proto__": {"polluted": 1}}',
    ])
      it(`leave nothing behind for others: ${expression}`, async () => {
        await resultOf(expressions, expression);
        expect(await resultOf(expressions, '{}.polluted')).to.equal(undefined);
        expect(await resultOf(expressions, 'name.polluted')).to.equal(undefined);
        expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
      });

    for (const name of withheldFunctions)
      it(`can't ask for $${name}(), whatever way they take`, async () => {
        const call = name === 'shuffle' ? '$shuffle([1, 2])' : `$${name}()`;
        expect((await refusalOf(resultOf(expressions, call))).message).to.contain('not offered');
        expect((await refusalOf(resultOf(expressions, `$eval('${call}')`))).message).to.contain('not offered');
      });

    const bombs = [
      '[1..9999999]',
      '[1..99999999]',
      '$reduce([1..60], function($a, $b) { $a & $a }, "abcdefgh")',
      '$string($reduce([1..26], function($a, $b) { $a & $a }, "abcdefgh"))',
      '$reduce([1..60], function($a, $b) { $append($a, $a) }, [1, 2, 3, 4])',
      '$pad("x", 1000000000)',
      '$formatNumber(1, $pad("#", 10000000, "#"))',
      '$pad("x", 200000)',
      '($f := function($x) { $f($x + 1) + 1 }; $f(1))',
      '$replace($pad("x", 10000000, "a"), "a", "bbbbbbbbbbbbbbbbbbbbbbb")',
    ];
    for (const expression of bombs)
      it(`are stopped when they take too much, and the host goes on: ${expression}`, async () => {
        expect((await refusalOf(resultOf(expressions, expression))).code).to.equal('too-big');
        expect(await resultOf(expressions, 'name.givenName')).to.equal('Anna');
      });
  });

  describe('at their deadline', () => {
    let expressions: Expressions;
    before(() => {
      expressions = expressionsUnderTest(250);
    });
    after(() => expressions.stop());

    for (const expression of [
      badRegex,
      '($f := function() { $f() }; $f())',
      '$map([1..1000], function($i) { $map([1..10000], function($j) { $i * $j }) })',
      '$eval($pad("", 4000000, "1+"))',
    ])
      it(`are killed: ${expression}`, async () => {
        const refusal = await refusalOf(resultOf(expressions, expression));
        expect(refusal.code).to.equal('too-slow');
        expect(refusal.message).to.contain('mapping row "row" took longer than expressions may');
      });

    it('are named, also as one row of several', async () => {
      const batch = [
        { id: 'fine', expression: '1' },
        { id: 'hostile', expression: badRegex },
      ];
      expect((await refusalOf(expressions.evaluate(batch, anna))).row).to.equal('hostile');
    });
  });

  it('cost others no more than their turn', async () => {
    let deadline = 250;
    const { createExpressions } = await import('../../../modules/attribute-mapping/expression/create-expressions.ts');
    const expressions = createExpressions({
      deadline: async () => {
        const mine = deadline;
        deadline = 10_000;
        return mine;
      },
    });
    const hostile = refusalOf(resultOf(expressions, badRegex));
    const others = Promise.all(['name.givenName', 'name.familyName'].map((text) => resultOf(expressions, text)));
    expect((await hostile).code).to.equal('too-slow');
    expect(await others).to.deep.equal(['Anna', 'Jensen']);
    await expressions.stop();
  });

  it('let at most 500 users wait; then others are told to come again, and stopping ends them all', async () => {
    const expressions = expressionsUnderTest(60_000);
    const waiting = Array.from({ length: 500 }, () => refusalOf(resultOf(expressions, badRegex)));
    expect((await refusalOf(resultOf(expressions, '1'))).code).to.equal('busy');
    await expressions.stop();
    expect(new Set((await Promise.all(waiting)).map(({ code }) => code))).to.deep.equal(new Set(['stopped']));
    expect(await resultOf(expressions, '1')).to.equal(1);
    await expressions.stop();
  });
});
