import { expect } from 'chai';
import { MappingError } from '../../../modules/attribute-mapping/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { documentSaying, type MappingRoom, noon, openMappingRoom, saidBy } from './mapping-room.ts';

const administrators = ['ada', 'bea', 'cai', 'dan', 'eva', 'flo', 'gus', 'hal'];

onBothEngines('Several administrators at once', (engine) => {
  let room: MappingRoom;
  beforeEach(async () => {
    room = await openMappingRoom(engine);
    await room.warm();
  });
  afterEach(() => room.close());

  /** What came of it for each: what was answered, or the code of the refusal. */
  const together = (work: (author: string) => Promise<unknown>): Promise<unknown[]> =>
    Promise.all(
      administrators.map((author) =>
        work(author).catch((error: unknown) => {
          if (error instanceof MappingError) return error.code;
          throw error;
        }),
      ),
    );
  const save = (author: string, revision: number) =>
    room.transaction((tx) =>
      room.versions.saveDraft(tx, room.acme, documentSaying(author), { author, revision }, noon),
    );
  const publish = (author: string, over?: number) =>
    room.transaction((tx) => room.versions.publish(tx, room.acme, documentSaying(author), { author, over }, noon));
  const publishDraft = (author: string, revision: number) =>
    room.transaction((tx) => room.versions.publishDraft(tx, room.acme, { author, revision }, noon));
  const listed = () => room.versions.list(room.database, room.acme);
  const refusals = (outcomes: unknown[], code: string) => outcomes.filter((outcome) => outcome === code).length;

  it('who begin a draft: one does, the others learn that there is one', async () => {
    const outcomes = await together((author) => save(author, 0));
    expect(refusals(outcomes, 'DRAFT_CHANGED')).to.equal(7);
    const draft = await room.versions.draft(room.database, room.acme);
    expect(draft?.revision).to.equal(1);
    expect(draft?.document).to.deep.equal(documentSaying(draft?.author ?? ''));
    expect(outcomes).to.deep.include({ ...draft, issues: [] });
  });

  it('who change the draft that they saw: one does', async () => {
    await save('ada', 0);
    expect(refusals(await together((author) => save(author, 1)), 'DRAFT_CHANGED')).to.equal(7);
    expect((await room.versions.draft(room.database, room.acme))?.revision).to.equal(2);
  });

  it('who publish the draft: one does, and it is published once', async () => {
    await save('ada', 0);
    const outcomes = await together((author) => publishDraft(author, 1));
    expect(refusals(outcomes, 'DRAFT_CHANGED')).to.equal(7);
    expect((await listed()).map(({ version }) => version)).to.deep.equal([1]);
  });

  it('of whom some publish the draft and others change it: one succeeds', async () => {
    await save('ada', 0);
    const outcomes = await together((author) => (author < 'e' ? publishDraft(author, 1) : save(author, 1)));
    expect(refusals(outcomes, 'DRAFT_CHANGED')).to.equal(7);
  });

  it('who publish over the version that they saw: one does, and that is in effect', async () => {
    const outcomes = await together((author) => publish(author, 0));
    expect(refusals(outcomes, 'VERSION_CHANGED')).to.equal(7);
    const [only, ...more] = await listed();
    expect(more).to.deep.equal([]);
    expect(saidBy(await room.now(), room.acme)).to.equal(only?.author);
  });

  it('who publish whatever is in effect: each makes a version of its own, the last is in effect', async () => {
    await together((author) => publish(author));
    const all = await listed();
    expect(all.map(({ version }) => version)).to.deep.equal([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(all.map(({ author }) => author).sort()).to.deep.equal(administrators);
    expect(saidBy(await room.now(), room.acme)).to.equal(all[0]?.author);
  });

  it('who roll back what they saw: one does', async () => {
    await publish('ada');
    await publish('bea');
    const outcomes = await together((author) =>
      room.transaction((tx) => room.versions.rollback(tx, room.acme, 1, { author, over: 2 }, noon)),
    );
    expect(refusals(outcomes, 'VERSION_CHANGED')).to.equal(7);
    expect((await listed()).map(({ version }) => version)).to.deep.equal([3, 2, 1]);
  });
});
