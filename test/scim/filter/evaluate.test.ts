import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate, type Filter, parseFilter, userResourceType } from '../../../modules/scim/index.ts';
import { runs } from '../../setup/runs.ts';
import { filters } from './arbitraries.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const barbara = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
  id: 'aB1',
  externalId: 'Ext-1',
  userName: 'BJensen@example.com',
  name: { familyName: "O'Malley", givenName: 'Barbara' },
  title: 'Tour Guide',
  nickName: '',
  active: true,
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@home.example.org', type: 'home' },
  ],
  meta: { lastModified: '2011-05-13T04:42:34Z' },
  [ENTERPRISE]: { department: 'Tours', manager: { value: 'M1' } },
};

const holds = (text: string, resource: Record<string, unknown> = barbara): boolean =>
  evaluate(parseFilter(text, userResourceType), resource);

describe('evaluate', () => {
  const yes = [
    'userName eq "bjensen@EXAMPLE.com"',
    'userName eq " bjensen@example.com "',
    'id eq "aB1"',
    `name.familyName co "O'MALLEY"`,
    'userName sw "bj"',
    'userName ew ".COM"',
    'title pr',
    'emails pr',
    'name pr',
    'manager pr',
    'meta.lastModified ge "2011-05-13T04:42:34Z"',
    'meta.lastModified eq "2011-05-13T06:42:34+02:00"',
    'meta.lastModified gt "2011-05-13T04:42:33.999Z"',
    'active eq true',
    'active ne false',
    'emails eq "BABS@home.example.org"',
    'emails[type eq "work" and value co "@example.com"]',
    'emails[primary eq true].value eq "bjensen@example.com"',
    'emails[not (type eq "work")]',
    'emails[primary ne true]',
    'emails[primary eq false and type eq "home"]',
    'emails.primary eq false',
    'emails[not (primary pr)]',
    'emails[primary eq null]',
    'department eq "tours"',
    'manager eq "M1"',
    'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
    'locale eq null',
    'title ne null',
    'nickName eq null',
    'locale ne "en"',
    'not (locale eq "en")',
    'title gt "a" and title lt "z"',
    'title co ""',
  ];
  const no = [
    'id eq "ab1"',
    'externalId eq "ext-1"',
    'manager eq "m1"',
    'nickName pr',
    'locale pr',
    'locale gt "a"',
    'locale co ""',
    'emails[type eq "work" and value co "home"]',
    'emails ne "babs@home.example.org"',
    'emails[type eq "fax"]',
    'title eq null',
    'userName co "%"',
    'userName co "_"',
    'active eq false',
    'meta.created pr',
  ];
  for (const text of yes) it(`${text} holds`, () => expect(holds(text)).to.equal(true));
  for (const text of no) it(`${text} does not hold`, () => expect(holds(text)).to.equal(false));

  it('reads only own properties', () => {
    expect(holds('name.formatted pr', { name: Object.create({ formatted: 'x' }) })).to.equal(false);
  });

  it('has ne as the contrary of eq, and not as the contrary of anything', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const negated: Filter = { kind: 'not', filter };
        if (evaluate(negated, barbara) === evaluate(filter, barbara)) return false;
        if (filter.kind !== 'compare' || filter.op !== 'ne') return true;
        return evaluate(filter, barbara) !== evaluate({ ...filter, op: 'eq' }, barbara);
      }),
      { numRuns: runs(200) },
    );
  });
});
