import { expect } from 'chai';
import { type MappingDocument, MappingError, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { documentSaying, type MappingRoom, noon, openMappingRoom, saidBy } from './mapping-room.ts';

const anna = { author: 'anna' };
const refusal = async (work: Promise<unknown>): Promise<MappingError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MappingError)) throw error ?? new Error('it was not refused');
  return error;
};

onBothEngines('Versions of a mapping', (engine) => {
  let room: MappingRoom;
  beforeEach(async () => {
    room = await openMappingRoom(engine);
  });
  afterEach(() => room.close());

  const publish = (document: unknown, change: object = {}) =>
    room.transaction((tx) => room.versions.publish(tx, room.acme, document, { ...anna, ...change }, noon));
  const save = (document: unknown, revision = 0, author = 'anna') =>
    room.transaction((tx) => room.versions.saveDraft(tx, room.acme, document, { author, revision }, noon));
  const publishDraft = (change: object = {}) =>
    room.transaction((tx) => room.versions.publishDraft(tx, room.acme, { ...anna, ...change }, noon));
  const rollback = (to: number, change: object = {}) =>
    room.transaction((tx) => room.versions.rollback(tx, room.acme, to, { ...anna, ...change }, noon));
  const said = async () => saidBy(await room.now(), room.acme);
  const numbers = async () => (await room.versions.list(room.database, room.acme)).map(({ version }) => version);

  it('begin with the preset of the profile, which is version 0', async () => {
    expect(await room.versions.inEffect(room.database, room.acme)).to.deep.equal({
      version: 0,
      document: presetFor('generic'),
    });
    expect((await room.now()).version).to.equal(0);
    expect(await said()).to.equal('Preset');
    expect(await numbers()).to.deep.equal([]);
  });

  it('take effect with the commit, and keep what was said, by whom and when', async () => {
    expect(await publish(documentSaying('One'), { comment: ' first ' })).to.deep.include({ version: 1, changed: true });
    expect(await said()).to.equal('One');
    expect((await room.now()).version).to.equal(1);
    expect(await room.versions.version(room.database, room.acme, 1)).to.deep.equal({
      version: 1,
      author: 'anna',
      comment: 'first',
      restored: null,
      publishedAt: '2024-05-06 12:00:00',
      document: documentSaying('One'),
    });
  });

  it('are left as they are by what is rolled back', async () => {
    await room
      .transaction(async (tx) => {
        await room.versions.publish(tx, room.acme, documentSaying('One'), anna, noon);
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(await said()).to.equal('Preset');
    expect(await numbers()).to.deep.equal([]);
  });

  it('are not made for what is in effect anyway, whatever the order of its members', async () => {
    await publish(documentSaying('One'));
    const [email, lastname] = documentSaying('One').rows.map((row) =>
      Object.fromEntries(Object.entries(row).reverse()),
    );
    expect(await publish({ rows: [email, lastname], version: 1 })).to.include({ version: 1, changed: false });
    expect(await publish(presetFor('generic'))).to.include({ version: 2, changed: true });
    expect(await numbers()).to.deep.equal([2, 1]);
  });

  it('bring the attributes along that presets lead to, where the store has none yet', async () => {
    const document: MappingDocument = {
      version: 1,
      rows: [...documentSaying('x').rows, { id: 'd', type: 'direct', source: 'title', target: 'department' }],
    };
    expect((await room.versions.check(room.database, document)).map(({ code }) => code)).to.deep.equal([]);
    await publish(document);
    const codes = sql`SELECT attribute_code FROM {eav_attribute} WHERE is_user_defined = 1`;
    expect(await room.database.all(codes)).to.deep.equal([{ attribute_code: 'department' }]);
    const { attributes } = (await room.now()).map({ userName: 'jo', title: 'Buyer' }, room.acme);
    expect(attributes).to.include({ department: 'Buyer' });
  });

  it('are listed newest first, a page at a time', async () => {
    for (const text of ['One', 'Two', 'Three']) await publish(documentSaying(text));
    const page = async (options: object) =>
      (await room.versions.list(room.database, room.acme, options)).map(({ version }) => version);
    expect(await page({ limit: 2 })).to.deep.equal([3, 2]);
    expect(await page({ limit: 2, before: 2 })).to.deep.equal([1]);
  });

  it('of one connection are not those of another', async () => {
    const other = await room.connect('other');
    await publish(documentSaying('One'));
    expect(saidBy(await room.now(other), other)).to.equal('Preset');
    expect(await room.versions.list(room.database, other)).to.deep.equal([]);
    expect((await refusal(room.versions.version(room.database, other, 1))).code).to.equal('VERSION_UNKNOWN');
  });

  it('go with their connection', async () => {
    await publish(documentSaying('One'));
    await save(documentSaying('Two'));
    await room.transaction((tx) => room.host.resolve(Connections).remove(tx, 'acme'));
    for (const table of ['version', 'head', 'draft'])
      expect(await room.database.all(sql([`SELECT * FROM {vestibule_mapping_${table}}`])), table).to.deep.equal([]);
  });

  it('are recorded row by row with who published them and why', async () => {
    await publish(documentSaying('One'));
    await publish(documentSaying('Two'), { comment: 'because' });
    await rollback(1);
    const [last, second] = await room.activities.recent(room.database);
    expect(second).to.deep.include({
      operation: 'mapping.publish',
      actor: 'anna',
      connectionId: room.acme.id,
      changed: ['lastname'],
      modified: [{ attribute: 'lastname', before: '"One" → lastname', after: '"Two" → lastname' }],
      notes: ['Version 2 of the mapping is in effect.', 'because'],
    });
    expect(last).to.deep.include({
      operation: 'mapping.rollback',
      notes: ['Version 3 of the mapping is in effect, a copy of version 1.'],
    });
  });

  it('are recorded where rows were only moved or sources declared, too', async () => {
    const { rows, version } = documentSaying('One');
    await publish({ version, rows });
    const turned = [...rows.slice(1), ...rows.slice(0, 1)];
    await publish({ version, rows: turned, sources: [{ name: 'badge', type: 'string' }] });
    const [last] = await room.activities.recent(room.database);
    expect(last?.operation).to.equal('mapping.publish');
    expect(last?.notes).to.deep.equal([
      'Version 2 of the mapping is in effect.',
      `Row "${rows[0]?.id}" moved from place 1 to ${rows.length}.`,
      'The source "badge" was added.',
    ]);
  });

  describe('when a document is not right', () => {
    const wrong: MappingDocument = documentSaying(
      'One',
      { id: 'a', type: 'direct', source: 'nothing.like.it', target: 'firstname' },
      { id: 'b', type: 'direct', source: 'title', target: 'password_hash' },
    );

    it('are not made, and everything that is wrong is said at once, with cures', async () => {
      const error = await refusal(publish(wrong));
      expect(error.code).to.equal('MAPPING_INVALID');
      expect(error.issues.map(({ row }) => row)).to.deep.equal(['a', 'b']);
      for (const { cure } of error.issues) expect(error.message).to.include(cure);
      expect(error.message).to.include('2 things are wrong').and.to.include('(2) Row "b"');
      expect(await numbers()).to.deep.equal([]);
      expect(await said()).to.equal('Preset');
    });

    for (const nonsense of [undefined, null, 7, 'text', [], {}, { version: 2, rows: [] }, { version: 1, rows: [{}] }])
      it(`refuse ${JSON.stringify(nonsense)} as no mapping document, as a draft too`, async () => {
        for (const work of [publish(nonsense), save(nonsense)])
          expect((await refusal(work)).code).to.equal('MAPPING_INVALID');
      });

    it('keep a draft of it, but do not publish that', async () => {
      const draft = await save(wrong);
      expect(draft.issues.map(({ row }) => row)).to.deep.equal(['a', 'b']);
      expect((await refusal(publishDraft())).code).to.equal('MAPPING_INVALID');
      expect((await room.versions.draft(room.database, room.acme))?.document).to.deep.equal(wrong);
    });

    it('refuse a comment that is too long, and keep the draft', async () => {
      await save(documentSaying('One'));
      expect((await refusal(publishDraft({ comment: 'x'.repeat(1001) }))).code).to.equal('COMMENT_TOO_LONG');
      expect(await room.versions.draft(room.database, room.acme)).to.not.equal(undefined);
    });
  });

  describe('as drafts', () => {
    it('count their revisions, and never give one twice', async () => {
      expect(await save(documentSaying('One'))).to.include({ revision: 1, basedOn: 0, author: 'anna' });
      expect(await save(documentSaying('Two'), 1, 'bert')).to.include({ revision: 2, author: 'bert' });
      await room.transaction((tx) => room.versions.discardDraft(tx, room.acme, {}));
      expect(await save(documentSaying('Three'))).to.include({ revision: 3 });
      expect(await said()).to.equal('Preset');
    });

    it('refuse a change of another revision, and say who was there', async () => {
      await save(documentSaying('One'), 0, 'bert');
      for (const seen of [0, 7]) {
        const error = await refusal(save(documentSaying('Two'), seen));
        expect(error.code).to.equal('DRAFT_CHANGED');
        expect(error.message).to.include('by bert').and.to.include('revision 1');
        expect(error.message).to.include(seen === 0 ? '--revision 1' : 'you saw revision 7');
      }
      expect((await room.versions.draft(room.database, room.acme))?.document).to.deep.equal(documentSaying('One'));
    });

    it('say that they are gone to whoever still works on them', async () => {
      await save(documentSaying('One'));
      await publishDraft();
      expect((await refusal(save(documentSaying('Two'), 1))).message).to.include('published or discarded');
    });

    it('are published and gone', async () => {
      await save(documentSaying('One'));
      expect(await publishDraft({ revision: 1 })).to.deep.include({ version: 1, changed: true });
      expect(await said()).to.equal('One');
      expect(await room.versions.draft(room.database, room.acme)).to.equal(undefined);
      expect((await refusal(publishDraft())).code).to.equal('DRAFT_MISSING');
      expect((await refusal(room.versions.get(room.database, room.acme, 'draft'))).code).to.equal('DRAFT_MISSING');
    });

    it('are not published in another revision than the one that was looked at', async () => {
      await save(documentSaying('One'));
      await save(documentSaying('Two'), 1, 'bert');
      expect((await refusal(publishDraft({ revision: 1 }))).code).to.equal('DRAFT_CHANGED');
      expect(await said()).to.equal('Preset');
    });

    it('are not published over a version that came since, unless that is known', async () => {
      await save(documentSaying('Draft'));
      await publish(documentSaying('One'));
      const error = await refusal(publishDraft());
      expect(error.code).to.equal('DRAFT_OUTDATED');
      expect(error.message).to.include('--over 1');
      expect((await refusal(publishDraft({ over: 0 }))).code).to.equal('VERSION_CHANGED');
      expect(await said()).to.equal('One');
      expect(await publishDraft({ over: 1 })).to.include({ version: 2 });
      expect(await said()).to.equal('Draft');
    });

    it('stay on the ground on which they were begun, however often they are changed', async () => {
      await save(documentSaying('Draft'));
      await publish(documentSaying('One'));
      expect(await save(documentSaying('Later'), 1)).to.include({ basedOn: 0 });
      expect((await refusal(publishDraft({ revision: 2 }))).code).to.equal('DRAFT_OUTDATED');
    });

    it('are discarded in the revision that was looked at only', async () => {
      const discard = (revision?: number) =>
        room.transaction((tx) => room.versions.discardDraft(tx, room.acme, revision === undefined ? {} : { revision }));
      expect(await discard()).to.equal(false);
      await save(documentSaying('One'));
      expect((await refusal(discard(2))).code).to.equal('DRAFT_CHANGED');
      expect(await discard(1)).to.equal(true);
    });
  });

  describe('rolled back', () => {
    it('are published again as a copy', async () => {
      await publish(documentSaying('One'));
      await publish(documentSaying('Two'));
      expect(await rollback(1, { over: 2, comment: 'oops' })).to.include({ version: 3, changed: true });
      expect(await said()).to.equal('One');
      const [newest] = await room.versions.list(room.database, room.acme);
      expect(newest).to.include({ version: 3, restored: 1, comment: 'oops' });
    });

    it('go back to the preset as version 0', async () => {
      await publish(documentSaying('One'));
      await rollback(0);
      expect(await said()).to.equal('Preset');
      expect((await room.now()).version).to.equal(2);
    });

    it('refuse a version that there is not, and another ground than was seen', async () => {
      await publish(documentSaying('One'));
      expect((await refusal(rollback(2))).code).to.equal('VERSION_UNKNOWN');
      expect((await refusal(rollback(0, { over: 0 }))).code).to.equal('VERSION_CHANGED');
    });

    it('come back though an attribute of theirs has gone: its row rests', async () => {
      await room.transaction((tx) =>
        room.attributes.ensure(tx, [{ code: 'motto', backendType: 'varchar', label: 'Motto' }]),
      );
      await room.attributes.all(room.database);
      await publish(documentSaying('One', { id: 'motto', type: 'direct', source: 'title', target: 'motto' }));
      await publish(documentSaying('Two'));
      await room.database.run(sql`DELETE FROM {eav_attribute} WHERE attribute_code = 'motto'`);
      await room.transaction((tx) =>
        room.attributes.ensure(tx, [{ code: 'makes_it_look_again', backendType: 'varchar', label: 'x' }]),
      );
      await room.attributes.all(room.database);
      const done = await rollback(1);
      expect(done.issues.map(({ row }) => row)).to.deep.equal(['motto']);
      expect(await said()).to.equal('One');
    });
  });

  it('takes a document that names an attribute which another process made a moment ago', async () => {
    const other = await openMappingRoom(engine, room.opened);
    await other.transaction((tx) =>
      other.attributes.create(tx, { code: 'motto', label: 'Motto', input: 'text', backendType: 'varchar' }, noon),
    );
    await other.close();
    const document = documentSaying('x', { id: 'motto', type: 'constant', value: 'Onward', target: 'motto' });
    const { version } = await room.transaction((tx) =>
      room.versions.publish(tx, room.acme, document, { author: 'ada' }, noon),
    );
    expect(version).to.equal(1);
  });

  it('that are damaged in the database are named, to their own connection only, and are cured by another', async () => {
    const other = await room.connect('other');
    await publish(documentSaying('One'));
    await room.database.run(sql`UPDATE {vestibule_mapping_version} SET document = '{"rows'`);
    const fresh = await openMappingRoom(engine, room.opened);
    try {
      const error = await refusal(fresh.now());
      expect(error.code).to.equal('MAPPING_UNREADABLE');
      expect(error.message).to.include('"acme"').and.to.include('mapping:rollback');
      expect(saidBy(await fresh.now(other), other)).to.equal('Preset');
      await fresh.transaction((tx) => fresh.versions.rollback(tx, fresh.acme, 0, anna, noon));
      expect(saidBy(await fresh.now(), fresh.acme)).to.equal('Preset');
    } finally {
      await fresh.close();
    }
  });
});
