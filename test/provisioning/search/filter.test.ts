import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('A filter', (engine) => {
  let host: ScimHost;
  const names = new Map<string, string>();

  before(async () => {
    host = await openHost(engine);
    for (const user of [
      {
        userName: 'Ada',
        externalId: 'A-1',
        displayName: 'Ada L',
        title: 'Countess',
        name: { familyName: 'Lovelace' },
        emails: [
          { value: 'Ada@Example.com', type: 'work', primary: true },
          { value: 'ada@home.example', type: 'home' },
        ],
      },
      { userName: 'bob_x', externalId: 'a-1', active: false, emails: [{ value: 'bob@example.com', type: 'Work' }] },
      {
        userName: 'bobyx',
        emails: [{ value: 'bob%y@example.com' }],
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { manager: { value: 'Boss' } },
      },
      { userName: 'STRAẞE', displayName: '100% "real" \\ user' },
      { userName: 'jose\u0301', active: true },
    ])
      names.set(await host.scim.create(user), user.userName);
  });
  after(() => host.close());

  /** The user names a filter finds, in the order of the answer. */
  async function found(filter: string): Promise<string[]> {
    const { status, json } = await host.scim.find(filter);
    expect(status, `${filter}: ${json.detail}`).to.equal(200);
    const users = json.Resources as unknown as { userName: string }[];
    expect(json.totalResults, filter).to.equal(users.length);
    return users.map(({ userName }) => userName);
  }
  const all = ['Ada', 'bob_x', 'bobyx', 'STRAẞE', 'jose\u0301'];

  const cases: readonly (readonly [filter: string, users: readonly string[]])[] = [
    ['userName eq "ADA"', ['Ada']],
    ['USERNAME Eq "ada"', ['Ada']],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada"', ['Ada']],
    ['userName eq "straße"', ['STRAẞE']],
    ['userName eq "strasse"', []],
    ['userName eq "JOS\u00c9"', ['jose\u0301']],
    ['userName eq "jose"', []],
    ['externalId eq "A-1"', ['Ada']],
    ['externalId eq "a-1"', ['bob_x']],
    ['externalId ne "a-1"', ['Ada', 'bobyx', 'STRAẞE', 'jose\u0301']],
    ['externalId pr', ['Ada', 'bob_x']],
    ['not (externalId pr)', ['bobyx', 'STRAẞE', 'jose\u0301']],
    ['externalId eq null', ['bobyx', 'STRAẞE', 'jose\u0301']],
    ['externalId ne null', ['Ada', 'bob_x']],
    ['active eq true', ['Ada', 'bobyx', 'STRAẞE', 'jose\u0301']],
    ['active eq "False"', ['bob_x']],
    ['not (active eq true) and userName sw "bob"', ['bob_x']],
    ['userName sw "BOB"', ['bob_x', 'bobyx']],
    ['userName sw "bob_"', ['bob_x']],
    ['userName co "_"', ['bob_x']],
    ['userName co "%"', []],
    ['displayName co "%"', ['STRAẞE']],
    ['displayName co "\\"real\\""', ['STRAẞE']],
    ['displayName co "\\\\"', ['STRAẞE']],
    ['displayName ew "USER"', ['STRAẞE']],
    ['userName co " bob"', []],
    ['displayName sw "100% "', ['STRAẞE']],
    ['displayName co " L"', ['Ada']],
    ['displayName ew "user "', []],
    ['userName ew "x"', ['bob_x', 'bobyx']],
    ['userName ew "_x"', ['bob_x']],
    ['emails co "%"', ['bobyx']],
    ['emails.value ew "EXAMPLE.COM"', ['Ada', 'bob_x', 'bobyx']],
    ['emails eq "ada@home.example"', ['Ada']],
    ['email eq "BOB@example.com"', ['bob_x']],
    ['emails[type eq "work"].value eq "ada@example.com"', ['Ada']],
    ['emails[type eq "work" and value eq "bob@example.com"]', ['bob_x']],
    ['emails[type eq "home" and value eq "ada@example.com"]', []],
    ['emails.type eq "home" and emails.value eq "ada@example.com"', ['Ada']],
    ['emails[not (type pr)]', ['bobyx']],
    ['emails[primary eq true]', ['Ada']],
    ['emails pr', ['Ada', 'bob_x', 'bobyx']],
    ['not (emails pr)', ['STRAẞE', 'jose\u0301']],
    ['emails.type ne "work"', ['bobyx', 'STRAẞE', 'jose\u0301']],
    ['userName eq "ada" or externalId eq "a-1" and active eq false', ['Ada', 'bob_x']],
    ['(userName eq "ada" or externalId eq "a-1") and active eq false', ['bob_x']],
    ['id pr', all],
    ['id eq "0"', []],
    ['title eq "COUNTESS"', ['Ada']],
    ['name.familyName co "lov"', ['Ada']],
    ['not (name pr)', ['bob_x', 'bobyx', 'STRAẞE', 'jose\u0301']],
    ['emails.display pr', []],
    ['emails[display eq "x"]', []],
    ['emails[primary ne true and type eq "home"]', ['Ada']],
    ['schemas co "enterprise"', ['bobyx']],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "Boss"', ['bobyx']],
    ['meta.resourceType eq "User"', all],
    ['meta.location ew "/Users/0"', []],
    ['id co "A"', []],
    ['id eq "A-1"', []],
    ['id ne "A-1"', all],
    ['meta.created gt "2000-01-01T00:00:00Z"', all],
    ['meta.lastModified lt "2000-01-01T00:00:00Z"', []],
    ['userName eq "x\' OR 1=1 --"', []],
  ];
  for (const [filter, users] of cases)
    it(`${filter} finds ${users.length === 0 ? 'nobody' : users.join(', ')}`, async () => {
      expect(await found(filter)).to.deep.equal(users);
    });

  for (const filter of [
    'favouriteColour eq "red"',
    'userName.value eq "x"',
    'active gt true',
    'userName eq "\\u0000"',
    'userName eq "\\ud800"',
    'userName eq',
    'userName',
    '',
    '(userName eq "x"',
    'password eq "x"',
    'meta.created co "2"',
    'meta.version eq "x"',
    'name eq "x"',
    'emails[emails.value eq "x"]',
  ])
    it(`that can’t be answered is 400 invalidFilter: ${filter || '(empty)'}`, async () => {
      const { status, json } = await host.scim.find(filter);
      expect([status, json.scimType], String(json.detail)).to.deep.equal([400, 'invalidFilter']);
    });

  it('by id finds the one user', async () => {
    for (const [id, userName] of names) expect(await found(`id eq "${id}"`)).to.deep.equal([userName]);
    const [first] = names.keys();
    expect(await found(`not (id eq "${first}")`)).to.deep.equal(all.slice(1));
  });

  it('of POST /Users/.search is the same as in the URL', async () => {
    const { status, json } = await host.scim.send('POST', '/Users/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: 'userName sw "bob"',
      count: 1,
    });
    expect([status, json.totalResults, json.itemsPerPage]).to.deep.equal([200, 2, 1]);
  });

  it('leaves no trace in the tables', async () => {
    expect(await host.row(sql`SELECT COUNT(*) AS n FROM {vestibule_user}`)).to.deep.equal({ n: 5 });
  });
});
