import { expect } from 'chai';
import type { StoredActivity } from '../../../modules/activity/index.ts';
import { ActivityJobs } from '../../../modules/activity/jobs/jobs.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { ReplayError, Replays } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { readOnly } from '../preview/read-only.ts';

const ada = {
  userName: 'ada',
  externalId: 'e1',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [{ value: 'ada@example.com', type: 'work' }],
  password: 'never Kept 1',
};
const titled = (title: string) => ({ op: 'replace', path: 'title', value: title });

onBothEngines('A recorded request', (engine) => {
  let host: ScimHost;
  let replays: Replays;
  beforeEach(async () => {
    host = await openHost(engine);
    replays = host.host.resolve(Replays);
  });
  afterEach(() => host.close());

  const newest = async (fits: (record: StoredActivity) => boolean): Promise<StoredActivity> => {
    const found = (await host.records()).find(fits);
    if (!found) throw new Error('no such record');
    return found;
  };
  const of = (operation: string) => newest((record) => record.operation === operation);
  const refusal = async (work: Promise<unknown>): Promise<unknown> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(ReplayError);
    return (error as ReplayError).code;
  };

  it('is tried against the store as it is today, and nothing is written', async () => {
    const id = await host.scim.create(ada);
    await host.scim.patch(id, titled('Boss'));
    await host.scim.patch(id, titled('Clerk'));
    const { id: record } = await newest(({ modified }) => modified?.[0]?.after === 'Boss');
    const { result, refused } = await readOnly(host, () => replays.dry(record));
    expect(refused).to.deep.equal([]);
    expect(result.preview).to.deep.include({
      status: 200,
      request: { method: 'PATCH', path: `/Users/${id}` },
      difference: [{ target: 'job_title', before: 'Clerk', after: 'Boss' }],
    });
    expect((await host.scim.get(`/Users/${id}`)).json.title).to.equal('Clerk');
  });

  it('is tried as what it was: a creation is refused where the user is there, and works where it is gone', async () => {
    const id = await host.scim.create(ada);
    const { id: record } = await of('user.create');
    const first = await replays.dry(record);
    expect(first.preview.status).to.equal(409);
    expect(first.request.left).to.deep.equal(['password']);
    await host.scim.delete(id);
    expect((await replays.dry(record)).preview).to.include({ status: 201, operation: 'user.revive' });
  });

  it('is carried out once more with a record that names who wanted it, and twice is as good as once', async () => {
    const id = await host.scim.create(ada);
    await host.scim.patch(id, titled('Boss'));
    const { id: record } = await of('user.patch');
    await host.scim.patch(id, titled('Clerk'));
    const { status, requestId } = await replays.live(record, 'anna');
    expect(status).to.equal(200);
    expect((await host.scim.get(`/Users/${id}`)).json.title).to.equal('Boss');
    const made = await newest((one) => one.requestId === requestId);
    expect(made).to.include({ operation: 'user.patch', outcome: 'done', actor: `anna, replaying record ${record}` });
    const again = await replays.live(record, 'anna');
    expect(again.status).to.equal(200);
    expect(await newest((one) => one.requestId === again.requestId)).to.include({ outcome: 'unchanged' });
    expect((await replays.live((await of('user.create')).id, 'anna')).status).to.equal(409);
  });

  it('keeps to the policy of today', async () => {
    const id = await host.scim.create(ada);
    await host.scim.patch(id, titled('Boss'));
    const { id: record } = await of('user.patch');
    await host.scim.patch(id, titled('Clerk'));
    await host.database.transaction((tx) =>
      host.host.resolve(Connections).change(tx, 'default', { policy: { update: false } }),
    );
    expect((await replays.dry(record)).preview.status).to.equal(403);
    expect((await replays.live(record, 'anna')).status).to.equal(403);
    expect((await host.scim.get(`/Users/${id}`)).json.title).to.equal('Clerk');
  });

  it('deletes once more, which finds nobody', async () => {
    const id = await host.scim.create(ada);
    await host.scim.delete(id);
    const { id: record } = await of('user.delete');
    expect((await replays.dry(record)).preview.status).to.equal(404);
    expect((await replays.live(record, 'anna')).status).to.equal(404);
  });

  it('is found once it is sealed, too', async () => {
    await host.scim.create(ada);
    const { id: record } = await of('user.create');
    host.advance(3600);
    await host.host.resolve(ActivityJobs).seal();
    expect((await replays.dry(record)).preview.status).to.equal(409);
  });

  it('of a group is tried, and carried out', async () => {
    const made = await host.scim.send('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Staff',
    });
    expect(made.status).to.equal(201);
    const { id: record } = await of('group.create');
    expect((await replays.dry(record)).preview.status).to.equal(409);
    expect((await replays.live(record, 'anna')).status).to.be.oneOf([201, 409]);
  });

  it('is refused where it was not kept, was cut, is unknown or has lost its connection', async () => {
    const id = await host.scim.create(ada);
    await host.scim.get(`/Users/${id}`);
    expect(await refusal(replays.dry((await of('user.read')).id))).to.equal('REQUEST_NOT_KEPT');
    expect(await refusal(replays.live(999_999, 'anna'))).to.equal('RECORD_UNKNOWN');
    const entitlements = Array.from({ length: 400 }, (_, at) => ({ value: `${at} ${'x'.repeat(80)}`, type: 'work' }));
    const long = await host.scim.post({ ...ada, userName: 'bo', externalId: 'e2', emails: [], entitlements });
    expect(long.status, long.text.slice(0, 300)).to.equal(201);
    expect(await refusal(replays.live((await of('user.create')).id, 'anna'))).to.equal('REQUEST_CUT');
    const other = await host.connect('other');
    await other.create({ ...ada, userName: 'cy', externalId: 'e3', emails: [] });
    const { id: record } = await of('user.create');
    await host.database.transaction((tx) => host.host.resolve(Connections).remove(tx, 'other'));
    expect(await refusal(replays.live(record, 'anna'))).to.equal('CONNECTION_GONE');
  });
});
