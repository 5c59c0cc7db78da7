import { expect } from 'chai';
import { countStatements } from 'vestibule/framework';
import { type BrowserVisitor, tokenIn } from '../../../test/admin/visitor.ts';
import { Mappings } from '../index.ts';
import type { CourseRoom } from './room.ts';

const hostile = '<img src=x onerror=alert(1)>';

/** What administrators see and do; `opened` answers the room that all share. */
export function pages(opened: () => CourseRoom): void {
  let room: CourseRoom;
  let admin: BrowserVisitor;
  const mappings = () => room.host.resolve(Mappings).page(room.database, {}, 0, 100);
  const add = (fields: Readonly<Record<string, string>>) =>
    admin.send('/admin/courses/new', { kind: 'product', course: 'SAFETY', ...fields });

  before(async () => {
    room = opened();
    admin = await room.enter();
  });

  it('there is a line of the menu, a tile and an empty map that says what to do', async () => {
    const dashboard = await admin.get('/admin');
    expect(dashboard.text).to.include('href="/admin/courses"').and.include('SyncUP: Users and Course Sync');
    const { text } = await admin.get('/admin/courses');
    expect(text).to.include('No course is mapped yet').and.include('<h1>SyncUP: Users and Course Sync</h1>');
    expect((await admin.get('/admin/courses/queue')).text).to.include('Nothing waits, and nothing has failed');
    expect((await admin.get('/admin/courses/log')).text).to.include('The LMS was asked for nothing yet');
  });

  it('mappings are added, with what is wrong beside its field, changed and removed', async () => {
    const empty = await add({ sku: ' ' });
    expect(empty.status).to.equal(422);
    expect(empty.text).to.include('Say which product').and.include('href="#field-sku"');
    expect((await add({ sku: 'A', course: '' })).text).to.include('href="#field-course"');
    expect((await add({ kind: 'customer-group', customerGroup: '0' })).text).to.include('Choose a customer group');
    expect(await add({ sku: hostile })).to.include({ status: 303, location: '/admin/courses' });
    expect((await add({ sku: hostile.toUpperCase() })).text).to.include('stands for the course');
    const wholesale = String(await room.group('Wholesale'));
    await add({ kind: 'customer-group', customerGroup: wholesale, keeps: '1' });
    await add({ kind: 'scim-group', scimGroup: 'Staff', connection: 'default' });
    const [product, group, scim] = await mappings();
    expect(product).to.include({ subject: hostile, walking: false });
    expect(group).to.include({ subject: 'Wholesale', keeps: true, walking: true });
    expect(scim?.connectionId).to.be.a('number');

    const grid = (await admin.get('/admin/courses')).text;
    expect(grid).to.include('&lt;img src=x').and.not.include('<img src=x');
    expect(grid).to.include('Enrolment stays').and.include('Finding members').and.include(' of ');
    expect((await admin.get('/admin/courses?text=whole')).text)
      .to.include('Wholesale')
      .and.not.include('img src=x');
    expect((await admin.get('/admin/courses?text=%25')).text).to.include('Nothing matches');
    expect((await admin.get('/admin/courses?kind=scim-group')).text)
      .to.include('Staff')
      .and.not.include('>Wholesale<');

    const page = `/admin/courses/mappings/${product?.id}`;
    expect((await admin.send(page, { course: ' ' })).status).to.equal(422);
    expect((await admin.send(page, { course: 'EXTRA' })).status).to.equal(303);
    expect((await mappings())[0]).to.include({ course: 'EXTRA', walking: true });
    expect((await admin.get(`${page}/remove`)).text).to.include('0 customers have');
    expect((await admin.send(`${page}/remove`, {})).location).to.equal(`${page}/remove`);
    expect((await admin.send(`${page}/remove`, { enrolments: 'keep' })).status).to.equal(303);
    expect((await admin.get('/admin/courses')).text).to.include('Being removed');
    expect((await admin.get(page)).status).to.equal(404);
    await room.settle();
    expect(await mappings()).to.have.length(2);
  });

  it('what has failed is shown with what the LMS said, and tried again', async () => {
    const id = await room.shopper('ada@shop.example');
    await room.map({ kind: 'product', subject: 'A', course: hostile });
    await room.order('1', id, { A: true });
    await room.settle();
    const queue = (await admin.get('/admin/courses/queue?state=failed')).text;
    expect(queue).to.include('Moodle has no course').and.include('&lt;img src=x').and.include(`/admin/customers/${id}`);
    expect((await admin.get('/admin')).text).to.match(
      />1<\/span> <a href="\/admin\/courses\/queue\?state=failed">Failed/,
    );
    const log = (await admin.get(`/admin/courses/log?customer=${id}&outcome=failed`)).text;
    expect(log).to.include('>Enrol<').and.include('Moodle has no course').and.not.include('Save user');
    room.moodle.courses.set(98, hostile);
    const retried = await admin.send('/admin/courses/queue', { customer: String(id) }, '/admin/courses/queue/retry');
    expect(retried.location).to.equal('/admin/courses/queue');
    expect((await admin.get('/admin/courses/queue')).text).to.include('1 customer will be tried again');
    await room.settle();
    expect(room.moodle.enrolled()).to.deep.equal([`ada@shop.example: ${hostile}`]);
  });

  it('who may only look changes nothing, and a page costs few statements however long the map is', async () => {
    for (let at = 0; at < 25; at++) await room.map({ kind: 'product', subject: `S${at}`, course: 'SAFETY' });
    const viewer = await room.enter(['course-sync::view']);
    const counted = countStatements(room.database);
    const { text } = await viewer.get('/admin/courses');
    counted.stop();
    expect(text).to.include('S0').and.not.include('Add Mapping').and.not.include('/admin/courses/new');
    expect(text, 'the first page').to.include('20 shown').and.not.include('>S24<');
    expect(counted.statements.length).to.be.at.most(10);
    const next = /href="(\/admin\/courses\?after=[^"]+)"/.exec(text)?.[1] ?? '';
    expect((await viewer.get(next.replaceAll('&amp;', '&'))).text)
      .to.include('S24')
      .and.include('5 shown');
    const [first] = await mappings();
    const token = tokenIn(text);
    for (const path of ['new', `mappings/${first?.id}`, `mappings/${first?.id}/remove`, 'queue/retry'])
      expect(
        (await viewer.post(`/admin/courses/${path}`, { _token: token, sku: 'X', course: 'Y' })).status,
        path,
      ).to.equal(403);
    expect(await mappings()).to.have.length(25);
  });
}
