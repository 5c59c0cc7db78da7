import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { type MappingDocument, presetFor } from '../../modules/attribute-mapping/index.ts';
import { sql } from '../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';

const file = join(tmpdir(), `vestibule-mapping-${process.pid}.json`);
const write = (document: unknown) =>
  writeFile(file, typeof document === 'string' ? document : JSON.stringify(document));
const nickName = { id: 'nick', type: 'direct', source: 'nickName', target: 'suffix' } as const;
const withRow = ({ rows, ...rest }: MappingDocument, ...more: MappingDocument['rows']): MappingDocument => ({
  ...rest,
  rows: [...rows, ...more],
});

describe('Commands about mappings', () => {
  let line: CommandLine;
  before(async function () {
    this.timeout(60_000);
    line = await openCommandLine();
    await line.run('connection:create', '--code', 'acme', '--name', 'Acme', '--profile', 'okta');
    await line.run('connection:create', '--code', 'other', '--name', 'Other');
  });
  after(async () => {
    await line.close();
    await rm(file, { force: true });
  });
  beforeEach(async () => {
    await line.onDatabase(async (database) => {
      await database.run(sql`DELETE FROM {vestibule_mapping_draft}`);
      await database.run(sql`DELETE FROM {vestibule_mapping_version}`);
      await database.run(sql`DELETE FROM {vestibule_mapping_head}`);
    });
  });
  /** What was exported, without where its JSON Schema is. */
  const exportedFrom = async (connection: string, ...more: string[]): Promise<MappingDocument> => {
    const document = await line.json<MappingDocument & { $schema?: string }>(
      'mapping:export',
      '--connection',
      connection,
      ...more,
    );
    const { $schema, ...own } = document;
    expect($schema).to.match(/^http.*\/docs\/api\/attribute-mapping\.schema\.json$/);
    return own;
  };
  const exported = (...more: string[]) => exportedFrom('acme', ...more);
  const imported = async (document: unknown, ...more: string[]) => {
    await write(document);
    return line.run('mapping:import', '--connection', 'acme', '--file', file, ...more);
  };

  it('export what is in effect as the JSON that is imported, on a store that has not been started yet', async () => {
    expect(await exported()).to.deep.equal(presetFor('okta'));
    const { out } = await line.run('mapping:export', '--connection', 'acme');
    expect(JSON.parse(out)).to.deep.include(presetFor('okta'));
    expect(out.split('\n').length).to.be.above(20);
    expect(await imported(out)).to.deep.include({ code: 0, err: '' });
  });

  it('import a file into effect, and say which version it is', async () => {
    const next = withRow(await exported(), nickName);
    const { code, out, err } = await imported(next, '--comment', 'nick names', '--author', 'anna');
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out).to.include('Version 1 of the mapping of "acme" is in effect');
    expect(await exported()).to.deep.equal(next);
    expect(await exported('--version', '0')).to.deep.equal(presetFor('okta'));
    const [version] = await line.json<{ author: string; comment: string }[]>(
      'mapping:versions',
      '--connection',
      'acme',
    );
    expect(version).to.include({ author: 'anna', comment: 'nick names' });
    expect((await imported(next)).out).to.include('Nothing was published');
  });

  it('import nothing of a file that is not right: one line names all that is wrong with the cures', async () => {
    const wrong = withRow(
      await exported(),
      { ...nickName, source: 'no.such' },
      { ...nickName, id: 'b', target: 'rp_token' },
    );
    for (const more of [[], ['--json']]) {
      const { code, out, err } = await imported(wrong, ...more);
      expect({ code, out }).to.deep.equal({ code: 1, out: '' });
      expect(err).to.match(/^[^\n]+\n$/);
      expect(err).to.include('2 things are wrong').and.to.include('Row "nick"').and.to.include('Row "b"');
    }
    expect(await exported()).to.deep.equal(presetFor('okta'));
  });

  it('say what is wrong with a file that holds no JSON, is no mapping or is not there', async () => {
    expect((await imported('{"rows"')).err).to.include('holds no JSON');
    expect((await imported({ rows: 7 })).err).to.include('lacks "version"');
    const { code, err } = await line.run('mapping:import', '--connection', 'acme', '--file', `${file}.gone`);
    expect(code).to.equal(1);
    expect(err).to.include("can't be read");
    expect((await line.run('mapping:export', '--connection', 'nobody')).err).to.include('no connection');
    expect((await line.run('mapping:import', '--connection', 'acme')).code).to.equal(2);
  });

  it('carry a draft from import over comparison to publication and back again', async () => {
    const next = withRow(await exported(), nickName);
    expect((await imported(next, '--draft')).out).to.include('revision 1');
    expect(await exported('--draft')).to.deep.equal(next);
    expect(await exported()).to.deep.equal(presetFor('okta'));
    expect((await line.run('mapping:show', '--connection', 'acme', '--draft')).out).to.include('nickName → suffix');
    expect((await line.run('mapping:show', '--connection', 'acme')).out).to.include('There is a draft by');
    const { out } = await line.run('mapping:diff', '--connection', 'acme');
    expect(out).to.equal('+ nick: nickName → suffix\n');
    expect((await imported(next, '--draft')).err).to.include('--revision 1');
    expect(await imported(next, '--draft', '--revision', '1')).to.include({ code: 0 });
    expect((await line.run('mapping:publish', '--connection', 'acme', '--revision', '1')).code).to.equal(1);
    expect((await line.run('mapping:publish', '--connection', 'acme')).out).to.include('Version 1');
    expect(await exported()).to.deep.equal(next);
    expect((await line.run('mapping:publish', '--connection', 'acme')).err).to.include('no draft');
    expect((await line.run('mapping:rollback', '--connection', 'acme')).out).to.include('Version 2');
    expect(await exported()).to.deep.equal(presetFor('okta'));
    await line.run('mapping:rollback', '--connection', 'acme');
    expect(await exported()).to.deep.equal(next);
    expect((await line.run('mapping:versions', '--connection', 'acme')).out).to.match(
      /^3 .*copy of version 1\n2 .*copy of the preset\n1 /,
    );
  });

  it('let the dry run of a deletion count the versions that go with a connection', async () => {
    await imported(withRow(await exported(), nickName));
    const told = await line.json('connection:delete', '--code', 'acme', '--customers', 'keep', '--dry-run');
    expect(told.belongings).to.include({ 'versions of its mapping': 1 });
  });

  it('print the JSON Schema that what is exported fulfils', async () => {
    const fulfils = new Ajv2020({ discriminator: true, strict: false }).compile(await line.json('mapping:schema'));
    expect(fulfils(await exported())).to.equal(true);
    expect(fulfils({ version: 1, rows: [{}] })).to.equal(false);
  });

  it('discard a draft', async () => {
    await imported(presetFor('generic'), '--draft');
    expect((await line.run('mapping:discard', '--connection', 'acme')).out).to.include('is gone');
    expect((await line.run('mapping:discard', '--connection', 'acme')).out).to.include('There is no draft');
    expect((await line.run('mapping:export', '--connection', 'acme', '--draft')).err).to.include('no draft');
  });

  it('show presets, and start a connection over from one', async () => {
    const shown = await line.json('mapping:preset', '--profile', 'miniorange');
    expect(shown).to.deep.equal({ profile: 'miniorange', document: presetFor('miniorange') });
    const { out } = await line.run('mapping:preset', '--connection', 'acme', '--profile', 'miniorange', '--publish');
    expect(out).to.include('Version 1');
    expect(await exported()).to.deep.equal(presetFor('miniorange'));
    await line.run('mapping:preset', '--connection', 'acme', '--draft');
    expect(await exported('--draft')).to.deep.equal(presetFor('okta'));
    expect((await line.run('mapping:preset')).code).to.equal(2);
  });

  it('copy what is in effect for another connection', async () => {
    const next = withRow(await exported(), nickName);
    await imported(next);
    expect((await line.run('mapping:copy', '--from', 'acme', '--connection', 'other')).out).to.include('Version 1');
    expect(await exportedFrom('other')).to.deep.equal(next);
    const [version] = await line.json<{ comment: string }[]>('mapping:versions', '--connection', 'other');
    expect(version?.comment).to.equal('Copy of version 1 of acme');
    await imported(presetFor('okta'));
    await line.run('mapping:copy', '--from', 'acme', '--connection', 'other', '--comment', 'as agreed');
    const [last] = await line.json<{ comment: string }[]>('mapping:versions', '--connection', 'other');
    expect(last?.comment).to.equal('as agreed');
  });

  describe('and about attributes', () => {
    const badge = ['attribute:create', '--label', 'Badge', '--map', 'customAttribute7', '--connection', 'acme'];
    type Created = { attribute: { id: number; code: string; backendType: string; options: { label: string }[] } };

    it('create one with its choices', async () => {
      const options = ['--option', 'Gold', '--option', 'Silver', '--default', 'silver', '--grid', 'column'];
      const made = await line.json<Created>(
        'attribute:create',
        '--code',
        'tier',
        '--label',
        'Tier',
        '--input',
        'select',
        ...options,
      );
      expect(made.attribute).to.include({ code: 'tier', backendType: 'int' });
      expect(made.attribute.options.map(({ label }) => label)).to.deep.equal(['Gold', 'Silver']);
      const listed = await line.json<{ code: string }[]>('attribute:list', '--custom');
      expect(listed.map(({ code }) => code)).to.include('tier');
      expect((await line.run('attribute:list')).out).to.include('tier  Tier  int, select: Gold, Silver');
      const again = await line.run('attribute:create', '--code', 'tier', '--label', 'Tier');
      expect(again).to.include({ code: 1, out: '' });
      expect(again.err).to.include('already');
      const told = await line.json<{ items: { subject: string }[] }>(
        'report:provisioning',
        '--action',
        'attribute.create',
      );
      expect(told.items.map(({ subject }) => subject)).to.deep.equal(['tier']);
    });

    it('map one at once in the draft, and declare a source that no schema has', async () => {
      expect((await line.run(...badge, '--code', 'badge')).out).to.include('The draft of "acme" is saved');
      const draft = await exported('--draft');
      expect(draft.rows.at(-1)).to.deep.equal({
        id: 'badge',
        type: 'direct',
        source: 'customAttribute7',
        target: 'badge',
      });
      expect(draft.sources).to.deep.equal([{ name: 'customAttribute7', type: 'string', description: 'Badge' }]);
      expect(await exported()).to.deep.equal(presetFor('okta'));
    });

    it('map one at once and publish that alone: a draft keeps its own changes and gets the row, too', async () => {
      await imported(withRow(presetFor('okta'), nickName), '--draft');
      const { out } = await line.run(...badge, '--code', 'badge_two', '--publish');
      expect(out).to.include('Version 1 of the mapping').and.to.include('revision 2');
      const ids = ({ rows }: MappingDocument) => rows.slice(presetFor('okta').rows.length).map(({ id }) => id);
      expect(ids(await exported())).to.deep.equal(['badge_two']);
      expect(ids(await exported('--draft'))).to.deep.equal(['nick', 'badge_two']);
      expect((await line.run('mapping:publish', '--connection', 'acme')).out).to.include('Version 2');
    });

    it('create nothing where the mapping can not be published', async () => {
      const bad = ['attribute:create', '--code', 'nope', '--label', 'x', '--map', 'emails[', '--connection', 'acme'];
      const { code, err } = await line.run(...bad, '--publish');
      expect(code).to.equal(1);
      expect(err).to.include('Row "nope"');
      const listed = await line.json<{ code: string }[]>('attribute:list');
      expect(listed.map(({ code: one }) => one)).to.not.include('nope');
    });

    it('want --map and --connection together', async () => {
      for (const more of [['--map', 'title'], ['--connection', 'acme'], ['--publish']])
        expect((await line.run('attribute:create', '--code', 'x', '--label', 'x', ...more)).code, more.join()).to.equal(
          2,
        );
    });
  });
});
