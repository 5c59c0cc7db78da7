import { expect } from 'chai';
import { MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { countImpact } from '../../../modules/provisioning/admin/mapping/impact-panel.tsx';
import { sourcesIn } from '../../../modules/provisioning/admin/mapping/seen-sources.ts';
import type { ImpactEvent } from '../../../modules/provisioning/index.ts';
import { SearchForms } from '../../../modules/provisioning/search-forms/search-forms.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type MappingRoom, openMappingRoom, user } from '../../attribute-mapping/admin/mapping-room.ts';
import { onBothEngines } from '../../setup/databases.ts';

const home = '/admin/connections/acme/mapping';

onBothEngines('What provisioning brings to the pages of a mapping', (engine) => {
  let room: MappingRoom;
  let browser: BrowserVisitor;
  before(async () => {
    room = await openMappingRoom(engine, 'okta');
    browser = await room.enter();
  });
  after(() => room.close());

  const result = (text: string): string => /<div id="trial-result">(.*)<\/section>/s.exec(text)?.[1] ?? text;
  const preview = async (fields: Record<string, string>) =>
    result((await browser.send(home, fields, `${home}/preview`)).text);
  const cell = (text: string, target: string): string =>
    new RegExp(`<code>${target.replace('.', '\\.')}</code>.*?</tr>`, 's').exec(text)?.[0].replace(/<[^>]+>/g, ' ') ??
    '';
  /** The row that stands in the form, from what came in to the difference. */
  const steps = (text: string): string =>
    /<section class="trial-steps".*?<\/section>/s
      .exec(text)?.[0]
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ') ?? '';
  const rows = async () =>
    (await room.database.all<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {customer_entity}`)).map(({ n }) =>
      Number(n),
    );

  it('tries a sample while nothing was received, and says that no light is lit yet', async () => {
    const { text } = await browser.get(home);
    expect(text)
      .to.include('nothing was received yet')
      .and.include('Not seen yet')
      .and.include('No user was received yet');
    const before = await rows();
    const tried = await preview({});
    expect(tried).to.include('201').and.include('Nothing is written');
    expect(cell(tried, 'address.city')).to.include('Austin').and.include('from addresses[main].locality');
    expect(await rows()).to.deep.equal(before);
  });

  it('tries the newest payload that was received, and offers the others', async () => {
    await room.scim.create(user('iris', { nickName: 'Rissa', customAttribute3: 'B-7' }));
    await room.scim.create(user('carl'));
    const { text } = await browser.get(home);
    expect(text).to.include('POST iris@acme.example').and.include('POST carl@acme.example');
    const record = /<option value="(\d+)"[^>]*>POST iris/.exec(text)?.[1] ?? '';
    expect(await preview({})).to.include('carl@acme.example');
    const chosen = await preview({ payload: record });
    expect(cell(chosen, 'firstname')).to.match(/iris\s+iris/);
    expect(await preview({ payload: '99999' })).to.include('choose another');
  });

  it('shows each value as it came, as it is mapped, as the store has it, and what differs', async () => {
    const { json } = await room.scim.send(
      'GET',
      `/Users?filter=${encodeURIComponent('userName eq "iris@acme.example"')}`,
    );
    const [{ id }] = json.Resources as unknown as [{ id: string }];
    const changed = user('iris', { id, name: { givenName: 'Irina', familyName: 'Berg' }, nickName: 'Rissa' });
    const tried = await preview({ text: JSON.stringify(changed) });
    const words = (target: string) => cell(tried, target).replace(/\s+/g, ' ').trim();
    expect(words('firstname')).to.equal('firstname Irina from name.givenName Irina iris Changes');
    expect(words('email')).to.match(
      /^email iris@acme.example from emails\[main\].value iris@acme.example iris@acme.example Same$/,
    );
    const fresh = await preview({ text: JSON.stringify(user('nina')) });
    expect(cell(fresh, 'firstname').replace(/\s+/g, ' ')).to.include('nina – New');
  });

  it('tries the newest whole user first, though a single change came after it', async () => {
    const { json } = await room.scim.send(
      'GET',
      `/Users?filter=${encodeURIComponent('userName eq "iris@acme.example"')}`,
    );
    const [{ id }] = json.Resources as unknown as [{ id: string }];
    await room.scim.send('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'title', value: 'Chief' }],
    });
    const { text } = await browser.get(home);
    expect(text)
      .to.match(/<option value="\d+">PATCH iris/)
      .and.to.match(/<option value="\d+" selected>POST carl/);
    const change = /<option value="(\d+)">PATCH iris/.exec(text)?.[1] ?? '';
    const again = await preview({ payload: change });
    expect(again).to.include('Nothing in the store would change');
    // Where nothing has to be mapped, the user as it stands is what came in.
    expect(cell(again, 'job_title').replace(/\s+/g, ' ')).to.include('Chief from title');
  });

  it('says how far searches are behind the mapping in effect, until they have followed', async () => {
    const { total } = await room.host
      .resolve(SearchForms)
      .progress(room.database, await room.host.resolve(Connections).byCode(room.database, 'acme'));
    expect(total).to.be.above(0);
    expect((await browser.get(home)).text).to.include(`user by user: 0 of ${total}`);
    await room.host.resolve(SearchForms).drain();
    expect((await browser.get(home)).text).not.to.include('user by user');
  });

  it('lights what the last user held, and says where to add what it lacked', async () => {
    const { text } = await browser.get(home);
    expect(text).to.match(/User name <code>userName<\/code><\/span><span class="badge good">Sent/);
    expect(text).to.match(/City <code>city<\/code>.*?Recommended.*?Profile Editor/s);
  });

  it('tries what is pasted, and says what is wrong with it', async () => {
    const pasted = await preview({ text: JSON.stringify(user('dora', { addresses: [{ country: 'Nowhere' }] })) });
    expect(pasted).to.include('dora@acme.example');
    expect(await preview({ text: '{oops' })).to.include('is no JSON');
    const hostile = await preview({ text: JSON.stringify(user('<img src=x onerror=alert(1)>')) });
    expect(hostile).to.include('&lt;img').and.not.include('<img src=x');
  });

  it('tries the row that stands in the form, beside what is in effect, and saves nothing', async () => {
    const row = { type: 'direct', source: 'nickName', target: 'firstname', enabled: '1', row: 'first-name' };
    const { text } = await browser.get(home);
    const payload = /<option value="(\d+)"[^>]*>POST iris/.exec(text)?.[1] ?? '';
    const tried = await preview({ ...row, payload });
    expect(steps(tried)).to.match(
      /This row: firstname.*Incoming\s+Rissa\s+from nickName.*Mapped\s+Rissa\s+in effect:\s+iris.*In the store now\s+iris.*Difference\s+Changes/s,
    );
    expect(await preview({ ...row, source: '', payload })).to.include('The row is not complete yet');
    const declared = await preview({ ...row, source: 'customAttribute3', declare: '1', payload });
    expect(steps(declared)).to.match(/Incoming\s+B-7\s+from customAttribute3.*Mapped\s+B-7/s);
    const absent = await preview({ ...row, source: 'title', target: 'middlename', row: 'middle-name', payload });
    expect(absent).to.include('This request brings nothing for <code>middlename</code>');
    const acme = await room.host.resolve(Connections).byCode(room.database, 'acme');
    expect(await room.host.resolve(MappingVersions).draft(room.database, acme)).to.equal(undefined);
  });

  it('carries the fields of the row along, so that it can be saved without scripts', async () => {
    const row = { type: 'direct', source: 'nickName', target: 'firstname', row: 'first-name', revision: '0' };
    const { text } = await browser.send(home, row, `${home}/preview`);
    expect(text).to.include('<input type="hidden" name="source" value="nickName"');
    expect(text).to.include(`formaction="${home}/rows/first-name"`);
  });

  it('offers what was really received as sources', async () => {
    const { text } = await browser.get(`${home}/rows/new`);
    expect(text).to.include('<option value="customAttribute3" label="received"');
    expect(text).to.include('<option value="emails[main].value"');
  });

  it('is refused to those who may not try requests', async () => {
    expect((await room.visit().post(`${home}/preview`, {})).status).to.not.equal(200);
    expect((await browser.post(`${home}/preview`, {})).status).to.equal(403);
  });
});

describe('The attributes in a payload', () => {
  it('are named as rows name them', () => {
    const body = {
      schemas: ['x'],
      id: '1',
      password: 'secret',
      name: { givenName: 'A' },
      emails: [{ type: 'work', value: 'a@b.example', primary: true }, { value: 'c@d.example' }],
      customAttribute3: 'x',
      'urn:acme:1.0:User': { badge: 7 },
    };
    expect(sourcesIn(body)).to.deep.equal([
      'name.givenName',
      'emails[type eq "work"].value',
      'emails[main].value',
      'customAttribute3',
      'urn:acme:1.0:User:badge',
    ]);
    expect(sourcesIn({ Operations: [] })).to.deep.equal([]);
  });
});

describe('The impact that a page shows', () => {
  async function* events(total: number): AsyncGenerator<ImpactEvent> {
    for (let done = 100; done <= total; done += 100) {
      const changes = [{ target: 'is_active', before: 1, after: 0 }];
      yield { kind: 'customer', customerId: done, id: `${done}`, userName: `u${done}`, outcome: 'changes', changes };
      yield { kind: 'progress', done, total };
    }
  }

  it('ends where a page has waited for enough customers, and says how many there are', async () => {
    expect(await countImpact(events(900), 300)).to.include({ looked: 300, total: 900, changes: 3, deactivated: 3 });
  });

  it('ends when time is up', async () => {
    let time = 0;
    const slow = () => {
      time += 3_000;
      return time;
    };
    expect(await countImpact(events(900), 900, slow)).to.include({ looked: 200, total: 900 });
  });
});
