import { expect } from 'chai';
import { Roles } from '../../../modules/admin/role/role.ts';
import { MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappingRoom, openMappingRoom, user } from './mapping-room.ts';

const home = '/admin/connections/acme/mapping';

onBothEngines('The pages of a mapping', (engine) => {
  let room: MappingRoom;
  let browser: BrowserVisitor;
  before(async () => {
    room = await openMappingRoom(engine);
    browser = await room.enter();
  });
  after(() => room.close());
  beforeEach(async () => {
    await room.database.run(sql`DELETE FROM {vestibule_mapping_draft}`);
  });

  const versions = () => room.host.resolve(MappingVersions);
  const connection = () => room.host.resolve(Connections).byCode(room.database, 'acme');
  const draft = async () => versions().draft(room.database, await connection());
  const inEffect = async () => versions().inEffect(room.database, await connection());
  const revisionOf = (text: string): string => /name="revision" value="(\d+)"/.exec(text)?.[1] ?? 'none';
  const flash = async (): Promise<string> => {
    const { text } = await browser.get(home);
    return /<div id="messages">(.*?)<\/div><\/div>/s.exec(text)?.[1]?.replace(/<[^>]+>/g, '') ?? '';
  };
  /** Fills the form at `page` and sends it, with the revision that it shows. */
  const save = async (page: string, fields: Record<string, string>) => {
    const { text } = await browser.get(page);
    return browser.send(page, { revision: revisionOf(text), enabled: '1', ...fields }, page);
  };
  const press = async (path: string, fields: Record<string, string> = {}) => {
    const { text } = await browser.get(home);
    return browser.send(home, { revision: revisionOf(text), ...fields }, `${home}${path}`);
  };

  it('show what is in effect, and no draft before something is changed', async () => {
    const { status, text } = await browser.get(home);
    expect(status).to.equal(200);
    expect(text).to.include('<h1>Acme</h1>').and.include('name.givenName').and.include('firstname');
    expect(text).to.include('First name').and.include('The first change begins a draft');
    expect(text).to.include('aria-current="page">Attribute Mapping');
    expect(text).not.to.include('Publish…');
    expect(await draft()).to.equal(undefined);
  });

  it('add a row of every type, which reads back as it was sent', async () => {
    const rows: [string, Record<string, string>, Record<string, unknown>][] = [
      ['direct', { source: 'nickName', transform: 'trim' }, { source: 'nickName', transforms: ['trim'] }],
      ['constant', { value: 'VIP' }, { value: 'VIP' }],
      ['template', { template: '{name.givenName} X' }, { template: '{name.givenName} X' }],
      [
        'lookup',
        { source: 'title', table: 'CN=A => One\r\nB => Two', otherwise: 'Three' },
        { source: 'title', table: { 'CN=A': 'One', B: 'Two' }, otherwise: 'Three' },
      ],
      ['expression', { expression: 'name.givenName' }, { expression: 'name.givenName' }],
    ];
    for (const [type, fields, says] of rows) {
      const { status, location } = await save(`${home}/rows/new`, {
        type,
        target: 'taxvat',
        apply: 'create',
        onNull: 'default',
        default: 'none',
        ...fields,
      });
      expect(status, type).to.equal(303);
      expect(location).to.equal(home);
      const last = (await draft())?.document.rows.at(-1);
      const rules = { apply: 'create', onNull: 'default', default: 'none' };
      expect(last).to.deep.equal({ id: last?.id, type, target: 'taxvat', ...rules, ...says });
      const page = `${home}/rows/${last?.id}`;
      const shown = await browser.get(page);
      expect(shown.text).to.include('value="none"');
      expect(
        (await save(page, { type, target: 'taxvat', apply: 'create', onNull: 'default', default: 'none', ...fields }))
          .status,
      ).to.equal(303);
      expect((await draft())?.document.rows.at(-1)).to.deep.equal(last);
    }
    expect(new Set((await draft())?.document.rows.map(({ id }) => id)).size).to.equal(
      (await draft())?.document.rows.length,
    );
  });

  it('say at its field what keeps a form from being a row, and keep what was typed', async () => {
    const { status, text } = await save(`${home}/rows/new`, {
      type: 'lookup',
      source: 'title',
      table: 'no arrow here',
      transform: 'split',
      transformOptions: '{oops',
      match: 'first',
      comment: 'keep <me>',
    });
    expect(status).to.equal(422);
    expect(text).to.include('has no =>').and.include('as a JSON object').and.include('Choose where the value goes');
    expect(text).to.include('whole number from 1').and.include('value="keep &lt;me>"');
    expect(await draft()).to.equal(undefined);
  });

  it('refuse a source that nobody knows until it is declared', async () => {
    const row = { type: 'direct', source: 'customAttribute3', target: 'taxvat' };
    const refused = await save(`${home}/rows/new`, row);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('No known schema has the attribute “customAttribute3”');
    expect((await save(`${home}/rows/new`, { ...row, declare: '1' })).status).to.equal(303);
    expect((await draft())?.document.sources).to.deep.equal([{ name: 'customAttribute3' }]);
  });

  it('move, switch off and delete rows, each in the draft alone', async () => {
    const before = (await inEffect()).document.rows.map(({ id }) => id);
    await press('/rows/last-name/move', { direction: 'up' });
    expect((await draft())?.document.rows.slice(0, 3).map(({ id }) => id)).to.deep.equal([
      'email',
      'last-name',
      'first-name',
    ]);
    await press('/rows/prefix/switch');
    expect((await browser.get(`${home}/publish`)).text).to.include('enabled: <del>true</del> → <ins>false</ins>');
    expect((await draft())?.document.rows.find(({ id }) => id === 'prefix')?.enabled).to.equal(false);
    await press('/rows/prefix/switch');
    expect((await draft())?.document.rows.find(({ id }) => id === 'prefix')).not.to.have.property('enabled');
    await press('/rows/suffix/delete');
    expect(await flash()).to.include('was deleted from the draft');
    expect((await draft())?.document.rows).to.have.length(before.length - 1);
    expect((await inEffect()).document.rows.map(({ id }) => id)).to.deep.equal(before);
    await press('/discard');
    expect(await draft()).to.equal(undefined);
  });

  it('tell of two who edit at once, and lose the values of neither', async () => {
    const page = `${home}/rows/first-name`;
    const { text } = await browser.get(page);
    const other = await room.make('ben').then(() => room.enter('ben'));
    await other.send(home, { revision: revisionOf((await other.get(home)).text) }, `${home}/rows/prefix/switch`);
    const fields = { type: 'direct', source: 'nickName', target: 'firstname', enabled: '1', comment: 'mine' };
    const late = await browser.send(page, { revision: revisionOf(text), ...fields }, page);
    expect(late.status).to.equal(409);
    expect(late.text).to.include('somebody else has changed the draft').and.include('value="mine"');
    expect((await draft())?.document.rows.find(({ id }) => id === 'first-name')).not.to.have.property('comment');
    const again = await browser.send(page, { revision: revisionOf(late.text), ...fields }, page);
    expect(again.status).to.equal(303);
    const rows = (await draft())?.document.rows;
    expect(rows?.find(({ id }) => id === 'first-name')).to.include({ comment: 'mine', source: 'nickName' });
    expect(rows?.find(({ id }) => id === 'prefix')?.enabled).to.equal(false);
    await browser.send(home, { revision: '0' }, `${home}/rows/email/delete`);
    expect(await flash()).to.include('Nothing was saved: somebody else has changed the draft');
  });

  it('show an issue at its row, and publish nothing with one', async () => {
    await save(`${home}/rows/new`, { type: 'direct', source: 'nickName', target: 'no_such_attribute' });
    const { text } = await browser.get(home);
    expect(text).to.match(/id="row-no-such-attribute".*?mapping-issues.*?no_such_attribute/s);
    const publish = await browser.get(`${home}/publish`);
    expect(publish.text)
      .to.include("can't be published yet")
      .and.match(/<button[^>]*disabled[^>]*>Publish/);
    const forced = await browser.send(`${home}/publish`, { revision: revisionOf(publish.text) });
    expect(forced.status).to.equal(409);
    expect((await inEffect()).version).to.equal(0);
  });

  it('publish with a comment after showing the difference and who is concerned, and roll back', async () => {
    await room.scim.create(user('iris', { nickName: 'Rissa' }));
    await save(`${home}/rows/first-name`, { type: 'direct', source: 'nickName', target: 'firstname' });
    const shown = await browser.get(`${home}/publish`);
    expect(shown.text).to.include('<del>name.givenName</del>').and.include('<ins>nickName</ins>');
    expect(shown.text)
      .to.match(/figure">1<\/span> <span>would change/)
      .and.include('Rissa');
    const done = await browser.send(`${home}/publish`, { revision: revisionOf(shown.text), comment: 'nick names' });
    expect(done.status).to.equal(303);
    expect(await flash()).to.include('Version 1 is in effect');
    expect(await inEffect()).to.include({ version: 1, author: 'anna', comment: 'nick names' });
    expect(await draft()).to.equal(undefined);
    const list = await browser.get(`${home}/versions`);
    expect(list.text).to.include('nick names').and.include('In effect');
    const old = await browser.get(`${home}/versions/0`);
    expect(old.text).to.include('<del>nickName</del>').and.include('Roll back to the preset');
    await browser.send(`${home}/versions/0`, { over: '0' });
    expect((await inEffect()).version, 'another version was in effect than was seen').to.equal(1);
    await browser.send(`${home}/versions/0`, { over: '1', comment: 'back' });
    expect(await inEffect()).to.include({ version: 2, restored: 0, comment: 'back' });
    expect((await browser.get(`${home}/versions/99`)).status).to.equal(404);
  });

  it('warn of a draft that another version has overtaken, and publish it only when told to', async () => {
    await save(`${home}/rows/first-name`, { type: 'direct', source: 'displayName', target: 'firstname' });
    const acme = await connection();
    const { version, document } = await inEffect();
    const rows = document.rows.filter(({ id }) => id !== 'suffix');
    await room.database.transaction((tx) =>
      versions().publish(tx, acme, { ...document, rows }, { author: 'cli' }, room.clock.at),
    );
    expect((await browser.get(home)).text).to.include('Another version has come into effect');
    const { text } = await browser.get(`${home}/publish`);
    const refused = await browser.send(`${home}/publish`, { revision: revisionOf(text) });
    expect(refused.status).to.equal(409);
    await browser.send(`${home}/publish`, { revision: revisionOf(text), over: String(version + 1) });
    expect((await inEffect()).version).to.equal(version + 2);
  });

  it('take a preset, export it, and import what was exported', async () => {
    const preset = await browser.get(`${home}/preset?profile=miniorange`);
    expect(preset.text).to.include('flat-street').and.include('Take this Preset');
    await browser.send(`${home}/preset`, { revision: revisionOf(preset.text), profile: 'miniorange' });
    expect((await draft())?.document.sources).to.have.length(5);
    expect((await browser.get(home)).text).to.include('Declared sources');
    const file = await browser.get(`${home}/export?version=draft`);
    expect(file.headers.get('content-disposition')).to.include('mapping-acme-draft.json');
    const { $schema, ...exported } = JSON.parse(file.text);
    expect($schema).to.include('/docs/api/attribute-mapping.schema.json');
    await press('/discard');
    const wrong = await save(`${home}/exchange`, { document: '{"version": 1}' });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include('Nothing was imported').and.include('{&quot;version&quot;: 1}');
    expect((await save(`${home}/exchange`, { document: 'no json' })).text).to.include('This is no JSON');
    expect((await save(`${home}/exchange`, { document: file.text })).status).to.equal(303);
    expect((await draft())?.document).to.deep.equal(exported);
  });

  it('escape whatever people write into a row', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    await save(`${home}/rows/new`, { type: 'constant', value: hostile, target: 'taxvat', comment: hostile });
    for (const page of [home, `${home}/publish`, `${home}/rows/taxvat`]) {
      const { status, text } = await browser.get(page);
      expect(status, page).to.equal(200);
      expect(text, page).to.include('&lt;img').and.not.include('<img src=x');
    }
  });

  it('show to those who may only see, and let them change nothing', async () => {
    expect((await room.visit().get(home)).status).to.equal(303);
    const only = { name: 'Readers', everything: false, resources: ['attribute-mapping::view'] };
    await room.database.transaction((tx) => room.host.resolve(Roles).create(tx, only));
    await room.make('rita', 'Readers');
    const reader = await room.enter('rita');
    const { status, text } = await reader.get(home);
    expect(status, text).to.equal(200);
    expect(text).to.include('name.familyName').and.not.include('Add Row').and.not.include('>Delete<');
    expect(text).not.to.include('Preview');
    expect((await reader.get(`${home}/rows/email`)).status).to.equal(403);
    expect((await reader.send(home, { revision: '0' }, `${home}/rows/email/delete`)).status).to.equal(403);
    expect((await reader.send(home, { revision: '0' }, `${home}/publish`)).status).to.equal(403);
    expect((await browser.post(`${home}/rows/email/delete`, { revision: '0' })).status).to.equal(403);
    expect(await draft()).to.equal(undefined);
  });

  it('take ten statements at most, those aside that read what was received for the preview', async () => {
    for (const page of [home, `${home}/rows/email`, `${home}/versions`]) {
      await browser.get(page);
      const { statements, stop } = countStatements(room.database);
      await browser.get(page);
      stop();
      const own = statements.filter((text) => !/vestibule_activity|ORDER BY n.code/.test(text));
      expect(own.length, `${page}\n${own.join('\n')}`).to.be.at.most(10);
      expect(statements.length - own.length, page).to.be.at.most(4);
    }
  });
});
