import { expect } from 'chai';
import { action, Form, page, redirect, screen } from 'vestibule/admin';
import { signIn } from 'vestibule/admin/testing';
import { createTestHost, defineModule, type TestHost } from 'vestibule/framework';
import { jsx } from 'vestibule/jsx-runtime';

const renamed: string[] = [];
const pier = defineModule({
  name: 'pier',
  version: '1.0.0',
  sequence: ['admin'],
  acl: { 'pier::see': 'See the pier', 'pier::rename': 'Rename the pier' },
  routes: [
    page('/admin/pier', {
      acl: 'pier::see',
      view: ({ signedIn }) =>
        screen({
          title: `The pier of ${signedIn?.role}`,
          body: jsx(Form, { action: '/admin/pier', children: 'Rename' }),
        }),
    }),
    action('/admin/pier', {
      acl: 'pier::rename',
      perform({ form }) {
        renamed.push(form.get('name') ?? '');
        return redirect('/admin/pier', { done: 'It was renamed.' });
      },
    }),
  ],
});

describe('signIn of vestibule/admin/testing', () => {
  let test: TestHost;
  before(async () => {
    test = await createTestHost({ modules: [pier] });
  });
  after(() => test.close());

  it('is an administrator who may do everything, and sends forms as a browser does', async () => {
    const browser = await signIn(test);
    expect((await browser.get('/admin/pier')).text).to.contain('<h1>The pier of Administrators</h1>');
    expect(await browser.send('/admin/pier', { name: 'West' })).to.include({ status: 303, location: '/admin/pier' });
    expect((await browser.get('/admin/pier')).text).to.contain('It was renamed.');
    expect(renamed).to.deep.equal(['West']);
  });

  it('or one who may do what is named, any number of them at once', async () => {
    const [first, second] = [await signIn(test, ['pier::see']), await signIn(test, ['pier::rename'])];
    expect((await first.get('/admin/pier')).status).to.equal(200);
    expect((await second.get('/admin/pier')).status).to.equal(403);
    expect((await first.send('/admin/pier', { name: 'East' })).status).to.equal(403);
    expect(renamed).not.to.include('East');
  });
});
