import { expect } from 'chai';
import { Connections } from 'vestibule/connection';
import { Customers } from 'vestibule/customer';
import { Events, join, ProcessEnded, sql } from 'vestibule/framework';
import { groupClient } from '../../../test/provisioning/group/group-client.ts';
import { CourseJobs, Mappings } from '../index.ts';
import { OrderWalk } from '../order/walk.ts';
import { claimDue } from '../queue/claim.ts';
import { enqueue, retryLines } from '../queue/queue.ts';
import type { CourseRoom } from './room.ts';

/** What is enrolled and taken back, and when; `opened` answers the room that all share. */
export function enrolments(opened: () => CourseRoom): void {
  let room: CourseRoom;
  let people = 0;
  const shopper = async () => {
    const email = `Ann${++people}@Shop.example`;
    return { id: await room.shopper(email), email };
  };
  const who = () => room.moodle.enrolled();

  before(() => {
    room = opened();
  });

  it('keeps the token encrypted', async () => {
    const { value } = await room.row<{ value: string }>(
      sql`SELECT value FROM {core_config_data} WHERE path = 'course_sync/lms/token'`,
    );
    expect(value).to.match(/^0:3:/).and.not.include('moodle');
  });

  it('enrols who has paid, makes the user first, and takes back what is refunded', async () => {
    const ann = await shopper();
    await room.map({ kind: 'product', subject: 'Training-1', course: 'SAFETY' });
    expect(await room.order('1', ann.id, { 'TRAINING-1': true, other: true })).to.equal('taken');
    expect(await room.settle()).to.equal(1);
    expect(who()).to.deep.equal([`${ann.email}: SAFETY`]);
    expect(room.moodle.users[0]).to.include({
      username: ann.email.toLowerCase(),
      firstname: 'Sam',
      lastname: 'Shopper',
      idnumber: String(ann.id),
    });
    const called = room.moodle.called();
    expect(called.indexOf('core_user_create_users')).to.be.within(0, called.indexOf('enrol_manual_enrol_users') - 1);

    expect(await room.order('1', ann.id, { 'training-1': true })).to.equal('taken');
    await room.settle();
    expect(room.moodle.called(), 'what is as it should be costs no call').to.deep.equal([]);

    await room.order('1', ann.id, { 'TRAINING-1': false });
    await room.settle();
    expect(who()).to.deep.equal([]);
    await room.change(ann.id, { lastname: 'Later' });
    await room.settle();
    expect(room.moodle.users[0]?.lastname, 'a user is kept up to date without a course, too').to.equal('Later');
    expect(await room.queue()).to.deep.equal([]);
    const log = await room.rows(sql`SELECT act, course, outcome FROM {vestibule_course_log} ORDER BY log_id`);
    expect(log.map((one) => Object.values(one).join(' '))).to.deep.equal([
      'user  done',
      'enrol SAFETY done',
      'unenrol SAFETY done',
      'user  done',
    ]);
  });

  it('takes nothing back that another reason still grants, and keeps what is to be kept', async () => {
    const ann = await shopper();
    const wholesale = await room.group('Wholesale');
    await room.map({ kind: 'product', subject: 'A', course: 'SAFETY' });
    await room.map({ kind: 'customer-group', subject: 'Wholesale', customerGroupId: wholesale, course: 'SAFETY' });
    await room.map({ kind: 'product', subject: 'B', course: 'EXTRA', keeps: true });
    await room.settle();
    await room.order('1', ann.id, { A: true });
    await room.order('2', ann.id, { A: true, B: true });
    await room.change(ann.id, { group_id: wholesale });
    await room.settle();
    const both = [`${ann.email}: EXTRA`, `${ann.email}: SAFETY`];
    expect(who()).to.deep.equal(both);
    for (const order of ['1', '2']) {
      await room.order(order, ann.id, { A: false, B: false });
      await room.settle();
      expect(who(), `after the refund of ${order}`).to.deep.equal(both);
    }
    await room.change(ann.id, { group_id: 1 });
    await room.settle();
    expect(who()).to.deep.equal([`${ann.email}: EXTRA`]);
  });

  it('believes signed events only, and of two the later one, in whichever order they come', async () => {
    const ann = await shopper();
    await room.map({ kind: 'product', subject: 'A', course: 'SAFETY' });
    const later = new Date(room.now().getTime() + 60_000);
    expect(await room.order('1', ann.id, { A: false }, later)).to.equal('taken');
    expect(await room.order('1', ann.id, { A: true })).to.equal('older');
    expect(await room.order('2', ann.id, { Z: true })).to.equal('no-course');
    expect(await room.order('3', 999_999, { A: true })).to.equal('nobody');
    expect(await room.order('', ann.id, { A: true })).to.equal('400');
    const refused = await room.post('{}', { 'webhook-signature': 'v1,AAAA' });
    expect(refused.status).to.equal(401);
    expect(await refused.text()).to.include('SIGNATURE_INVALID');
    const guest = (email: string) =>
      room.post(JSON.stringify({ order: '4', at: room.now(), email, items: [{ sku: 'A', paid: true }] }));
    expect(await (await guest('nobody@shop.example')).json()).to.include({ result: 'nobody' });
    expect(await (await guest(ann.email.toUpperCase())).json()).to.include({ result: 'taken' });
    await room.settle();
    expect(who()).to.deep.equal([`${ann.email}: SAFETY`]);
  });

  it("follows an identity provider's groups, nested ones included", async () => {
    const groups = groupClient(room.scim);
    // No customer group follows, so that only memberships can be what is followed.
    await room.database.transaction((tx) => room.host.resolve(Connections).change(tx, 'default', { groups: 'none' }));
    const user = async (name: string) => {
      const body = {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: `${name}${++people}@idp.example`,
      };
      return String((await room.scim.send('POST', '/Users', body)).json.id);
    };
    const [bea, cid] = [await user('bea'), await user('cid')];
    const staff = await groups.create({ displayName: 'Staff', members: [{ value: bea }] });
    const email = async (id: string) => String((await room.customer(id)).email);
    const [beas, cids] = [`${await email(bea)}: STAFF`, `${await email(cid)}: STAFF`];

    await room.map({ kind: 'scim-group', subject: 'staff', course: 'STAFF' });
    await room.settle();
    expect(who(), 'present members follow').to.deep.equal([beas]);

    await groups.patch(staff, { op: 'add', path: 'members', value: [{ value: cid }] });
    await room.settle();
    expect(who()).to.deep.equal([beas, cids]);
    await groups.patch(staff, { op: 'remove', path: `members[value eq "${bea}"]` });
    await room.settle();
    expect(who()).to.deep.equal([cids]);

    const inner = await groups.create({ displayName: 'Inner', members: [{ value: bea }] });
    await room.settle();
    expect(who()).to.deep.equal([cids]);
    await groups.patch(staff, { op: 'add', path: 'members', value: [{ value: inner }] });
    await room.settle();
    expect(who(), 'through another group').to.deep.equal([beas, cids]);
    await groups.patch(staff, { op: 'remove', path: `members[value eq "${inner}"]` });
    await room.settle();
    expect(who()).to.deep.equal([cids]);

    await groups.patch(staff, { op: 'replace', path: 'displayName', value: 'Others' });
    await room.settle();
    expect(who(), 'a group of another name').to.deep.equal([]);
    await groups.patch(staff, { op: 'replace', path: 'displayName', value: 'Staff' });
    await room.settle();
    expect(who()).to.deep.equal([cids]);
    await room.scim.send('DELETE', `/Users/${cid}`);
    await room.settle();
    expect(who(), 'who is deleted leaves').to.deep.equal([]);
    await groups.patch(staff, { op: 'add', path: 'members', value: [{ value: inner }] });
    await room.settle();
    expect(who(), 'a group whose only member is a group').to.deep.equal([beas]);
    await groups.delete(staff);
    await room.settle();
    expect(who(), 'and is deleted').to.deep.equal([]);
    await groups.delete(inner);
  });

  it('keeps the user up to date, suspends who is locked out, and adopts by e-mail', async () => {
    const ann = await shopper();
    room.moodle.users.push({
      id: 7,
      username: 'ann',
      email: ann.email,
      firstname: 'A',
      lastname: 'B',
      idnumber: '',
      suspended: false,
    });
    await room.map({ kind: 'product', subject: 'A', course: 'SAFETY' });
    await room.order('1', ann.id, { A: true });
    await room.settle();
    expect(room.moodle.users).to.have.length(1);
    expect(room.moodle.users[0]).to.include({ id: 7, firstname: 'Sam', idnumber: String(ann.id), suspended: false });
    await room.change(ann.id, { firstname: 'Samantha', email: `new${people}@shop.example`, is_active: 0 });
    await room.settle();
    expect(room.moodle.users[0]).to.include({
      firstname: 'Samantha',
      email: `new${people}@shop.example`,
      suspended: true,
    });
    expect(room.moodle.users[0]).to.include({ id: 7 });
    await room.database.transaction(async (tx) => {
      const customers = room.host.resolve(Customers);
      const current = await customers.byId(tx, ann.id, { forUpdate: true });
      if (current) await customers.delete(tx, current, room.now());
    });
    await room.settle();
    expect(who(), 'who is gone leaves').to.deep.equal([]);
    const left = sql`SELECT customer_id FROM {vestibule_course_reason} UNION SELECT customer_id FROM {vestibule_course_user}`;
    expect(await room.rows(left)).to.deep.equal([]);
  });

  it('goes on with the rest where one course is refused, and tries again when it is told to', async () => {
    const ann = await shopper();
    for (const course of ['GONE', 'SAFETY']) await room.map({ kind: 'product', subject: 'A', course });
    await room.order('1', ann.id, { A: true });
    await room.settle();
    expect(who()).to.deep.equal([`${ann.email}: SAFETY`]);
    expect((await room.queue()).join()).to.match(/^\d+ failed: Moodle has no course "GONE"/);
    room.advance(86_400 * 30);
    expect(await room.settle(), 'a dead letter is not tried by itself').to.equal(0);
    room.moodle.courses.set(99, 'GONE');
    expect(await room.database.transaction((tx) => retryLines(tx, undefined, room.now().getTime()))).to.equal(1);
    await room.settle();
    expect(who()).to.deep.equal([`${ann.email}: GONE`, `${ann.email}: SAFETY`]);
    expect(await room.queue()).to.deep.equal([]);
  });

  it('waits ever longer while the LMS is down, tries few meanwhile, and gives up after three days', async () => {
    await room.map({ kind: 'product', subject: 'A', course: 'SAFETY' });
    const all = [await shopper(), await shopper(), await shopper(), await shopper(), await shopper(), await shopper()];
    for (const [at, { id }] of all.entries()) await room.order(String(at), id, { A: true });
    room.moodle.fault = () => ({ status: 503, headers: { 'retry-after': '600' } });
    expect(await room.settle(), 'no more than are at work at once').to.equal(4);
    expect(await room.settle()).to.equal(2);
    expect(await room.settle()).to.equal(0);
    room.advance(599);
    expect(await room.settle(), 'as it asked').to.equal(0);
    room.advance(2);
    room.moodle.fault = undefined;
    expect(await room.settle()).to.equal(6);
    expect(who()).to.have.length(6);

    const late = await shopper();
    await room.order('late', late.id, { A: true });
    room.moodle.fault = () => ({ body: '{"exception":"moodle_exception","errorcode":"invalidtoken","message":"No"}' });
    let attempts = 0;
    for (let hours = 0; hours < 80; hours += 4) {
      attempts += await room.settle();
      room.advance(4 * 3600);
    }
    expect(attempts).to.equal(19);
    expect((await room.queue()).join()).to.match(/^\d+ failed: Moodle refuses .*invalidtoken/);
  });

  it('works for a customer in one process at a time, and loses nothing that happens meanwhile', async () => {
    const ann = await shopper();
    await room.map({ kind: 'product', subject: 'A', course: 'SAFETY' });
    await room.map({ kind: 'product', subject: 'B', course: 'EXTRA' });
    await room.order('1', ann.id, { A: true });
    let other: readonly unknown[] = [];
    room.moodle.meanwhile = async (called) => {
      if (called !== 'core_user_create_users') return;
      const asked = { nowMs: room.now().getTime(), most: 10, newClaim: () => 'other' };
      await room.order('2', ann.id, { B: true });
      other = await claimDue(room.database, asked);
    };
    expect(await room.settle(), 'once, and once more for the second order').to.equal(2);
    expect(other).to.deep.equal([]);
    expect(room.moodle.called().filter((name) => name === 'core_user_create_users')).to.have.length(1);
    expect(who()).to.deep.equal([`${ann.email}: EXTRA`, `${ann.email}: SAFETY`]);

    await room.order('1', ann.id, { A: false });
    const claim = (name: string) =>
      claimDue(room.database, { nowMs: room.now().getTime(), most: 10, newClaim: () => name });
    const both = await Promise.all([claim('one'), claim('other')]);
    expect(both.flat(), 'of two that see it due one gets it').to.have.length(1);
    expect(await room.settle()).to.equal(0);
    room.advance(60);
    expect(await room.settle(), 'of a process that went silent').to.equal(1);
    expect(who()).to.deep.equal([`${ann.email}: EXTRA`]);

    await room.order('2', ann.id, { B: false });
    const killed = { nowMs: room.now().getTime(), most: 10, newClaim: () => 'here.killed.1.claim' };
    expect(await claimDue(room.database, killed)).to.have.length(1);
    const ended = (process: string) =>
      room.database.transaction((tx) => room.host.resolve(Events).emit(ProcessEnded, { process }, tx));
    await ended('here.other.1');
    expect(await room.settle()).to.equal(0);
    await ended('here.killed.1');
    expect(await room.settle(), 'of a process that was seen to end').to.equal(1);
  });

  it('moves everybody to another course, and parts as it was chosen', async () => {
    const [ann, bob] = [await shopper(), await shopper()];
    const wholesale = await room.group('Wholesale');
    const id = await room.map({
      kind: 'customer-group',
      subject: 'Wholesale',
      customerGroupId: wholesale,
      course: 'WELCOME',
    });
    for (const { id: customer } of [ann, bob]) await room.change(customer, { group_id: wholesale });
    await room.settle();
    await room.database.transaction((tx) =>
      room.host.resolve(Mappings).change(tx, id, { course: 'EXTRA' }, room.now(), 'ada'),
    );
    await room.settle();
    expect(who()).to.deep.equal([`${ann.email}: EXTRA`, `${bob.email}: EXTRA`]);
    await room.unmap(id, 'keep');
    await room.settle();
    expect(who()).to.have.length(2);
    expect(await room.host.resolve(Mappings).page(room.database, {}, 0, 9)).to.deep.equal([]);
    const again = await room.map({
      kind: 'customer-group',
      subject: 'Wholesale',
      customerGroupId: wholesale,
      course: 'SAFETY',
    });
    await room.settle();
    await room.unmap(again, 'take-back');
    await room.settle();
    expect(who()).to.deep.equal([`${ann.email}: EXTRA`, `${bob.email}: EXTRA`]);
    const recorded = (await room.records()).filter(({ operation }) => operation.startsWith('course.'));
    expect(recorded.slice(0, 4).map(({ operation, actor }) => `${operation} ${actor}`)).to.deep.equal([
      'course.unmap ada',
      'course.map ada',
      'course.unmap ada',
      'course.change ada',
    ]);
    for (const { id: customer } of [ann, bob]) await room.change(customer, { group_id: 1 });

    const late = sql`INSERT INTO {vestibule_course_reason} (customer_id, mapping_id, kind, origin, course, since_ms) VALUES (${ann.id}, ${again}, 'product', '9', 'STAFF', 1)`;
    await room.database.transaction(async (tx) => {
      await tx.run(late);
      await enqueue(tx, [ann.id], room.now().getTime());
    });
    await room.settle();
    expect(who(), 'what an order gives whose mapping went meanwhile').to.have.length(2);
  });

  it("reads the store's own orders as they change, each once and none too early", async () => {
    const jobs = room.host.resolve(CourseJobs);
    expect(await room.host.resolve(OrderWalk).possible()).to.equal(false);
    expect(await jobs.readOrders()).to.equal(0);
    const { database } = room;
    await database.run(
      sql`CREATE TABLE sales_order (entity_id INTEGER PRIMARY KEY, increment_id VARCHAR(50), customer_id INTEGER, state VARCHAR(32), updated_at DATETIME NOT NULL)`,
    );
    await database.run(
      sql`CREATE TABLE sales_order_item (item_id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL, sku VARCHAR(255), qty_invoiced DECIMAL(12,4), qty_refunded DECIMAL(12,4))`,
    );
    const ann = await shopper();
    await room.map({ kind: 'product', subject: 'A', course: 'SAFETY' });
    const stamp = () => room.now().toISOString().slice(0, 19).replace('T', ' ');
    expect(await jobs.readOrders()).to.equal(0);
    room.advance(10);
    // More than are read at a time, all of one second.
    const orders = Array.from(
      { length: 205 },
      (_, at) => sql`(${at + 1}, ${`1000${at}`}, ${ann.id}, 'processing', ${stamp()})`,
    );
    await database.run(
      sql`INSERT INTO sales_order (entity_id, increment_id, customer_id, state, updated_at) VALUES ${join(orders)}`,
    );
    await database.run(
      sql`INSERT INTO sales_order_item (item_id, order_id, sku, qty_invoiced, qty_refunded) VALUES (1, 205, 'A', 1, 0)`,
    );
    expect(await jobs.readOrders(), 'a moment that is not over').to.equal(0);
    room.advance(30);
    expect(await jobs.readOrders()).to.equal(205);
    expect(await jobs.readOrders()).to.equal(0);
    await room.settle();
    expect(who()).to.deep.equal([`${ann.email}: SAFETY`]);
    await database.run(sql`UPDATE sales_order_item SET qty_refunded = 1`);
    await database.run(sql`UPDATE sales_order SET updated_at = ${stamp()} WHERE entity_id = 205`);
    room.advance(30);
    expect(await jobs.readOrders()).to.equal(1);
    await room.settle();
    expect(who()).to.deep.equal([]);
  });
}
