import type { Check } from '../suite/check.ts';

const refuses = (number: string, level: Check['level'], says: string, ...filters: readonly string[]): Check => ({
  id: `RFC7644-3.4.2.2-${number}`,
  level,
  says,
  async run(client, expect) {
    for (const filter of filters) expect.error(await client.find('/Users', filter), 400, 'invalidFilter');
  },
});

/** Filters that must not be answered with a list, least of all with everybody. */
export const refusedFilters: readonly Check[] = [
  refuses(
    '40',
    'MUST',
    'An operator that is not known is refused with invalidFilter.',
    'userName like "a"',
    'userName = "a"',
  ),
  refuses(
    '41',
    'MUST',
    'What is no filter is refused with invalidFilter.',
    'userName eq',
    'userName eq "a" and',
    '(userName eq "a"',
    'userName eq "a',
    'emails[type eq "work"',
    'eq "a"',
  ),
  refuses('42', 'MUST', 'Booleans have no order: gt, ge, lt and le are refused.', 'active gt true', 'active le false'),
  refuses('43', 'SHOULD', 'An attribute that no schema knows is refused with invalidFilter.', 'shoeSize eq "42"'),
  {
    id: 'RFC7644-3.4.2.2-44',
    level: 'MUST',
    says: 'A password can not be found out by filtering.',
    async run(client, expect) {
      const password = `${client.name('Pw!')}aB3`;
      const made = await client.post('/Users', client.newUser({ password }));
      if (made.status === 400) expect.skip('passwords are refused');
      const { userName } = made.json;
      const answer = await client.find('/Users', `userName eq "${userName}" and password sw "Pw!"`);
      if (answer.status < 400) expect.equal(answer.json.totalResults, 0, 'users found by their password');
    },
  },
];
