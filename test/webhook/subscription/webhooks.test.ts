import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { type WebhookChanges, type WebhookError, Webhooks } from '../../../modules/webhook/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openWebhookRoom, type WebhookRoom } from '../room.ts';

const refusal = async (work: Promise<unknown>): Promise<WebhookError> =>
  work.then(
    () => expect.fail('it was not refused'),
    (error: WebhookError) => error,
  );

onBothEngines('Webhooks', (engine) => {
  let room: WebhookRoom;
  let connectionId: number;
  before(async () => {
    room = await openWebhookRoom(engine, { config: { 'webhook/security/most_per_connection': 4 } });
    connectionId = await room.connection('acme');
  });
  after(() => room.close());

  const change = (id: number, changes: WebhookChanges) =>
    room.database.transaction((tx) => room.webhooks.change(tx, id, changes, room.now(), 'ada'));
  const remove = (id: number) => room.database.transaction((tx) => room.webhooks.delete(tx, id, 'ada'));
  const rowOf = async (id: number) =>
    (await room.database.first(sql`SELECT * FROM {vestibule_webhook} WHERE webhook_id = ${id}`)) ?? {};
  const newestRecord = async () => {
    await room.host.resolve(Activities).flush();
    return (await room.host.resolve(Activities).recent(room.database, { limit: 1 }))[0];
  };

  it('keeps a subscription as it was given, with a secret that is told once', async () => {
    const { webhook, secret } = await room.subscribe({
      connectionId,
      name: ' To Acme ',
      scope: ' store/customer/address/* ',
      destination: 'https://hooks.example.com/in/{customerId}?s={scope}',
      fillsPlaceholders: true,
      headers: { 'app-secret': ' s3cr3t-value ', 'X-Tenant': 'acme' },
      payload: 'full',
      active: false,
    });
    expect(webhook).to.include({
      connectionId,
      websiteId: 1,
      name: 'To Acme',
      scope: 'store/customer/address/*',
      destination: 'https://hooks.example.com/in/{customerId}?s={scope}',
      fillsPlaceholders: true,
      payload: 'full',
      active: false,
      disabledBecause: null,
      createdMs: room.now().getTime(),
    });
    expect(webhook.headerNames).to.deep.equal(['app-secret', 'X-Tenant']);
    expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).to.have.lengthOf(32);
    expect(await room.webhooks.find(room.database, webhook.id)).to.deep.equal(webhook);
    expect(await room.webhooks.secretsOf(room.database, webhook.id)).to.deep.equal({
      headers: { 'app-secret': 's3cr3t-value', 'X-Tenant': 'acme' },
      secrets: [secret],
    });
    const stored = JSON.stringify(await rowOf(webhook.id));
    expect(stored).to.not.include('s3cr3t-value').and.not.include(secret.slice(6));
    await remove(webhook.id);
  });

  it('answers what is quiet by default: a light payload, active, of every website, placeholders as they stand', async () => {
    const { webhook } = await room.subscribe();
    expect(webhook).to.include({ payload: 'light', active: true, websiteId: null, connectionId: null });
    expect(webhook).to.include({ fillsPlaceholders: false, name: '', oldSecretUntilMs: null });
    await remove(webhook.id);
  });

  it('changes what is given and nothing else; headers are the whole set', async () => {
    const { webhook, secret } = await room.subscribe({ headers: { a: '1', b: '2' }, name: 'before' });
    room.advance(1_000);
    const after = await change(webhook.id, { destination: 'https://other.example.com/' });
    expect(after).to.deep.equal({
      ...webhook,
      destination: 'https://other.example.com/',
      updatedMs: webhook.updatedMs + 1_000,
    });
    await change(webhook.id, { headers: { b: '3' }, payload: 'full' });
    expect(await room.webhooks.secretsOf(room.database, webhook.id)).to.deep.equal({
      headers: { b: '3' },
      secrets: [secret],
    });
    await remove(webhook.id);
  });

  it('forgets failures when it is switched on again, and keeps them otherwise', async () => {
    const { webhook } = await room.subscribe();
    await room.database.run(
      sql`UPDATE {vestibule_webhook} SET is_active = 0, disabled_because = 'It answered 500 for five days.', failures = 9, failing_since_ms = 5, failed_ms = 6, paused_until_ms = 7 WHERE webhook_id = ${webhook.id}`,
    );
    expect(await change(webhook.id, { name: 'renamed' })).to.include({
      active: false,
      disabledBecause: 'It answered 500 for five days.',
      failingSinceMs: 5,
      pausedUntilMs: 7,
    });
    expect(await change(webhook.id, { active: true })).to.include({
      active: true,
      disabledBecause: null,
      failingSinceMs: null,
      pausedUntilMs: null,
    });
    expect(await rowOf(webhook.id)).to.include({ failures: 0, failed_ms: null });
    await remove(webhook.id);
  });

  it('lets two secrets sign until the overlap ends, the newest first', async () => {
    const { webhook, secret } = await room.subscribe();
    const rotated = await room.database.transaction((tx) =>
      room.webhooks.rotateSecret(tx, webhook.id, new Date(room.now().getTime() + 60_000), room.now(), 'ada'),
    );
    expect(rotated.secret).to.not.equal(secret);
    expect(rotated.webhook.oldSecretUntilMs).to.equal(room.now().getTime() + 60_000);
    const secrets = async () => (await room.webhooks.secretsOf(room.database, webhook.id)).secrets;
    room.advance(59_999);
    expect(await secrets()).to.deep.equal([rotated.secret, secret]);
    room.advance(1);
    expect(await secrets()).to.deep.equal([rotated.secret]);
    await room.database.transaction((tx) => room.webhooks.rotateSecret(tx, webhook.id, room.now(), room.now()));
    expect(await secrets()).to.have.lengthOf(1);
    const far = new Date(room.now().getTime() + 8 * 86_400_000);
    const error = await refusal(
      room.database.transaction((tx) => room.webhooks.rotateSecret(tx, webhook.id, far, room.now())),
    );
    expect(error.message).to.include('seven days');
    await remove(webhook.id);
  });

  it('belongs to the website of its connection, and refuses another or one that is not there', async () => {
    const other = await refusal(room.subscribe({ connectionId, websiteId: 2 }));
    expect(other).to.include({ code: 'WEBHOOK_INVALID', field: 'websiteId' });
    expect(await refusal(room.subscribe({ websiteId: 9 }))).to.include({ field: 'websiteId' });
    expect(await refusal(room.subscribe({ websiteId: 0 }))).to.include({ field: 'websiteId' });
    expect(await refusal(room.subscribe({ connectionId: 999 }))).to.include({ field: 'connectionId' });
    const { webhook } = await room.subscribe({ websiteId: 1 });
    expect(webhook.websiteId).to.equal(1);
    const bound = (await room.subscribe({ connectionId })).webhook;
    expect((await change(bound.id, { websiteId: null })).websiteId).to.equal(1);
    expect((await change(webhook.id, { websiteId: null })).websiteId).to.equal(null);
    await remove(webhook.id);
    await remove(bound.id);
  });

  it('refuses one more than a connection may have, and counts each connection for itself', async () => {
    const made = [];
    for (let n = 0; n < 4; n++) made.push((await room.subscribe({ connectionId })).webhook.id);
    const error = await refusal(room.subscribe({ connectionId }));
    expect(error).to.include({ code: 'WEBHOOK_LIMIT' });
    expect(error.message).to.include('"acme" has 4').and.include('webhook/security/most_per_connection');
    made.push((await room.subscribe()).webhook.id);
    const listed = async (whose?: number | null) =>
      (await room.webhooks.list(room.database, whose)).map(({ id }) => id);
    expect(await listed(connectionId)).to.deep.equal(made.slice(0, 4));
    expect(await listed(null)).to.deep.equal(made.slice(4));
    expect(await listed()).to.deep.equal(made);
    for (const id of made) await remove(id);
  });

  it('of two who make the last one at once lets only one', async () => {
    const made = [];
    for (let n = 0; n < 3; n++) made.push((await room.subscribe({ connectionId })).webhook.id);
    const ends = await Promise.allSettled([room.subscribe({ connectionId }), room.subscribe({ connectionId })]);
    expect(ends.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    for (const { id } of await room.webhooks.list(room.database, connectionId)) await remove(id);
  });

  it('says what is not there', async () => {
    const errors = await Promise.all(
      [
        change(999, { name: 'x' }),
        remove(999),
        room.webhooks.secretsOf(room.database, 999),
        room.database.transaction((tx) => room.webhooks.rotateSecret(tx, 999, room.now(), room.now())),
      ].map(refusal),
    );
    for (const { code, message } of errors)
      expect({ code, message }).to.deep.equal({
        code: 'WEBHOOK_UNKNOWN',
        message: 'There is no webhook 999; webhook:list shows those there are.',
      });
  });

  it('records who did what, with names of headers and never a value or a secret', async () => {
    const { webhook, secret } = await room.subscribe({ connectionId, headers: { 'app-secret': 'abc-123' } });
    expect(await newestRecord()).to.include({ operation: 'webhook.create', actor: 'ada', connectionId });
    await change(webhook.id, { headers: { 'app-secret': 'def-456' }, scope: 'store/customer/created' });
    const changed = await newestRecord();
    expect(changed).to.include({ operation: 'webhook.change', subject: `webhook ${webhook.id}` });
    expect(changed?.changed).to.deep.equal(['scope']);
    expect(changed?.notes).to.deep.equal(['The header "app-secret" has another value.']);
    await change(webhook.id, { scope: 'store/customer/created' });
    expect((await newestRecord())?.id).to.equal(changed?.id);
    await room.database.transaction((tx) => room.webhooks.rotateSecret(tx, webhook.id, room.now(), room.now(), 'ada'));
    expect(await newestRecord()).to.include({ operation: 'webhook.rotate-secret', actor: 'ada' });
    await remove(webhook.id);
    const removed = await newestRecord();
    expect(removed).to.include({ operation: 'webhook.delete', actor: 'ada' });
    const everything = JSON.stringify(await room.host.resolve(Activities).recent(room.database, { limit: 1000 }));
    for (const value of ['abc-123', 'def-456', secret]) expect(everything).to.not.include(value);
  });

  it('goes with its connection', async () => {
    const doomed = await room.connection('doomed');
    const { webhook } = await room.subscribe({ connectionId: doomed });
    await room.database.transaction((tx) => room.host.resolve(Connections).remove(tx, 'doomed'));
    expect(await room.host.resolve(Webhooks).find(room.database, webhook.id)).to.equal(undefined);
  });
});
