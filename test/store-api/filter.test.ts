import { expect } from 'chai';
import { parseFilter, userResourceType } from '../../modules/scim/index.ts';
import { filterOf, filterParameters, sortOf } from '../../modules/store-api/customer/filter.ts';
import { Parameters } from '../../modules/store-api/http/parameters.ts';
import { StoreRefusal } from '../../modules/store-api/index.ts';

const read = (query: string) => new Parameters(new URLSearchParams(query), filterParameters);
const filter = (query: string) => filterOf(read(query), (id) => (id === 7 ? '7-1' : String(id)));

describe('What an importer asks for by BigCommerce’s parameters', () => {
  for (const [query, expected] of [
    ['', undefined],
    ['id:in=7,8', '(id eq "7-1" or id eq "8")'],
    ['id:in=', null],
    ['email:in=a@x.example', 'emails.value eq "a@x.example"'],
    ['email:in=a+b@x.example', 'emails.value eq "a+b@x.example"'],
    ['phone:in=555', 'phoneNumbers.value eq "555"'],
    ['company:in=A "B"', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization eq "A \\"B\\""'],
    [
      'name:in=ada byron',
      '(name.givenName eq "ada byron" or name.familyName eq "ada byron" or (name.givenName eq "ada" and name.familyName eq "byron"))',
    ],
    [
      'name:like=a b',
      '(name.givenName co "a b" or name.familyName co "a b" or (name.givenName ew "a" and name.familyName sw "b"))',
    ],
    [
      'date_modified:min=2024-05-14T09:34:00&date_modified:max=2024-05-15',
      'meta.lastModified ge "2024-05-14T09:34:00.000Z" and meta.lastModified le "2024-05-15T23:59:59.999Z"',
    ],
    [
      'date_created=2024-05-14',
      'meta.created ge "2024-05-14T00:00:00.000Z" and meta.created le "2024-05-14T23:59:59.999Z"',
    ],
    ['date_created:min=2024-05-14T09:34:00+02:00', 'meta.created ge "2024-05-14T07:34:00.000Z"'],
  ] as const)
    it(`is a filter of SCIM: ${query || 'nothing'}`, () => {
      const found = filter(query);
      expect(found).to.equal(expected);
      if (typeof found === 'string') parseFilter(found, userResourceType);
    });

  it('is sorted by what SCIM knows', () => {
    expect(sortOf(read('sort=last_name:desc'))).to.deep.equal({ sortBy: 'name.familyName', sortOrder: 'descending' });
    expect(sortOf(read('sort=date_modified'))).to.deep.equal({ sortBy: 'meta.lastModified', sortOrder: 'ascending' });
    expect(sortOf(read(''))).to.deep.equal({});
  });

  for (const query of ['date_created=soon', 'date_modified:min=2024-13-01', 'id:in=1,x', 'id:in=0', 'name=ada'])
    it(`is refused where it can't be understood: ${query}`, () => {
      expect(() => filter(query))
        .to.throw(StoreRefusal)
        .with.property('status', 422);
    });

  it('is refused where it names more than a page holds', () => {
    const ids = Array.from({ length: 251 }, (_, i) => i + 1).join();
    expect(() => filter(`id:in=${ids}`)).to.throw('ask for 250 at most');
    expect(filter(`id:in=${ids.slice(0, ids.lastIndexOf(','))}`)).to.be.a('string');
  });
});
