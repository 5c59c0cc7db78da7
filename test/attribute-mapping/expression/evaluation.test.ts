import { expect } from 'chai';
import type { Expressions } from '../../../modules/attribute-mapping/expression/expressions.ts';
import { anna, expressionsUnderTest, refusalOf, resultOf } from './expressions-under-test.ts';

describe('mapping expressions', () => {
  let expressions: Expressions;
  before(() => {
    expressions = expressionsUnderTest();
  });
  after(() => expressions.stop());

  const values: readonly [expression: string, value: unknown][] = [
    ['name.givenName & " " & name.familyName', 'Anna Jensen'],
    ['emails[type="home"].value', 'anna@home.example'],
    ['emails.value', ['anna@example.com', 'anna@home.example']],
    ['$count(emails) > 1', true],
    ['$substringBefore(userName, "@")', 'anna'],
    ['{ "a": [1, 2.5, null] }', { a: [1, 2.5, null] }],
    ['nickName', undefined],
    ['null', null],
    ['$base64decode($base64encode("Hej! Jensen"))', 'Hej! Jensen'],
    ['$base64encode("any carnal pleas")', 'YW55IGNhcm5hbCBwbGVhcw=='],
    ['$eval("1 + 1")', 2],
  ];
  for (const [expression, value] of values)
    it(`answers ${JSON.stringify(value)} for ${expression}`, async () => {
      expect(await resultOf(expressions, expression)).to.deep.equal(value);
    });

  it('evaluates the rows of a user together and leaves out what comes to nothing', async () => {
    const batch = [
      { id: 'first', expression: 'name.givenName' },
      { id: 'none', expression: 'nickName' },
      { id: 'last', expression: 'name.familyName' },
    ];
    expect(await expressions.evaluate(batch, anna)).to.deep.equal({ first: 'Anna', last: 'Jensen' });
  });

  it('answers nothing at once where there is no expression', async () => {
    expect(await expressions.evaluate([], anna)).to.deep.equal({});
  });

  it('does not let a variable of one user reach the next', async () => {
    expect(await resultOf(expressions, '($seen := userName; $seen)')).to.equal('anna@example.com');
    expect(await resultOf(expressions, '$seen')).to.equal(undefined);
  });

  it('evaluates many users at a time, each with its own answer', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `user-${i}`);
    const answers = await Promise.all(
      names.map((userName) => expressions.evaluate([{ id: 'row', expression: 'userName' }], { userName })),
    );
    expect(answers.map(({ row }) => row)).to.deep.equal(names);
  });

  const failures: readonly [expression: string, code: string, words: string][] = [
    ['name.(', 'syntax', 'Expected ")" before end of expression'],
    ['$error("no department")', 'failed', 'failed: no department (at character 7). Correct it'],
    ['$number(userName)', 'failed', 'Unable to cast value to a number'],
    ['function($x) { $x }', 'failed', 'it answers a function'],
    ['{ "a": $uppercase }', 'failed', 'it answers a function'],
    ['1 / 0', 'failed', 'a number that is none'],
  ];
  for (const [expression, code, words] of failures)
    it(`refuses ${expression} and names the row`, async () => {
      const refusal = await refusalOf(resultOf(expressions, expression));
      expect(refusal.code).to.equal(code);
      expect(refusal.row).to.equal('row');
      expect(refusal.message).to.contain('The expression of mapping row "row"').and.contain(words);
    });

  it('names the row that failed among several', async () => {
    const batch = [
      { id: 'fine', expression: '1' },
      { id: 'broken', expression: '$error("x")' },
    ];
    expect((await refusalOf(expressions.evaluate(batch, anna))).row).to.equal('broken');
  });
});
