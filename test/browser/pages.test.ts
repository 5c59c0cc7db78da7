import { expect } from 'chai';
import { type BrowserRoom, openBrowserRoom } from './administration.ts';
import { expectNoFaults } from './browser.ts';
import { faultsOf, isTooWide } from './looks.ts';

const pages = [
  '/admin',
  '/admin/account',
  '/admin/account/second-factor',
  '/admin/configuration/admin',
  '/admin/configuration?q=lock',
  '/admin/modules',
  '/admin/modules/harbour',
  '/admin/users',
  '/admin/users?text=zzz&column=user&column=email',
  '/admin/users/1',
  '/admin/users/new',
  '/admin/users/1/delete',
  '/admin/roles',
  '/admin/roles/new',
  '/admin/sessions',
  '/admin/ships',
  '/admin/ships/a',
  '/admin/nothing',
];

describe('Every page', function () {
  this.timeout(120_000);
  let room: BrowserRoom;
  before(async function () {
    this.timeout(900_000);
    room = await openBrowserRoom();
  });
  after(() => room.close());

  it('has nothing serious for axe, nothing that sticks out, no error and no violation', async () => {
    const tab = await room.enter();
    const found: string[] = [];
    for (const path of pages) {
      await tab.page.goto(path);
      found.push(...(await faultsOf(tab.page)));
    }
    expect(found).to.deep.equal([]);
    expectNoFaults(tab);
    await tab.close();
  });

  it('of the login, too', async () => {
    const tab = await room.browser.open();
    await tab.page.goto('/admin/login');
    expect(await faultsOf(tab.page)).to.deep.equal([]);
    expectNoFaults(tab);
    await tab.close();
  });

  if (process.env.BROWSER_MATRIX === 'all')
    it('is not too wide without scripts', async () => {
      const tab = await room.enter({ javaScriptEnabled: false });
      for (const path of pages) {
        await tab.page.goto(path);
        expect(await isTooWide(tab.page), path).to.equal(false);
      }
      expectNoFaults(tab);
      await tab.close();
    });
});
