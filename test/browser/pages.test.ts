import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import { type BrowserRoom, openBrowserRoom } from './administration.ts';
import { axeIssues, expectNoFaults, isTooWide } from './browser.ts';

const pages = [
  '/admin',
  '/admin/account',
  '/admin/account/second-factor',
  '/admin/configuration/admin',
  '/admin/configuration?q=lock',
  '/admin/modules',
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

const wide = { width: 1280, height: 860 };
const narrow = { width: 390, height: 844 };
const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['1280 pixels, light', { viewport: wide, colorScheme: 'light' }],
  ['390 pixels, dark', { viewport: narrow, colorScheme: 'dark' }],
  // The other half of the matrix: `BROWSER_MATRIX=all`.
  ...(process.env.BROWSER_MATRIX === 'all'
    ? ([
        ['1280 pixels, dark', { viewport: wide, colorScheme: 'dark' }],
        ['390 pixels, light', { viewport: narrow, colorScheme: 'light' }],
        ['1280 pixels, without scripts', { viewport: wide, javaScriptEnabled: false }],
      ] as const)
    : []),
];

describe('Every page', function () {
  this.timeout(120_000);
  let room: BrowserRoom;
  before(async function () {
    this.timeout(900_000);
    room = await openBrowserRoom();
  });
  after(() => room.close());

  for (const [name, options] of looks) {
    it(`at ${name}, has nothing serious for axe, nothing that sticks out, no error and no violation`, async () => {
      const tab = await room.enter(options);
      const found: string[] = [];
      for (const path of pages) {
        await tab.page.goto(path);
        if (options.javaScriptEnabled !== false)
          found.push(...(await axeIssues(tab.page)).map((issue) => `${path}: ${issue}`));
        if (await isTooWide(tab.page)) found.push(`${path} is too wide`);
      }
      expect(found).to.deep.equal([]);
      expectNoFaults(tab);
      await tab.page.context().close();
    });

    it(`of the login at ${name}, too`, async () => {
      const tab = await room.browser.open(options);
      await tab.page.goto('/admin/login');
      if (options.javaScriptEnabled !== false) expect(await axeIssues(tab.page)).to.deep.equal([]);
      expect(await isTooWide(tab.page)).to.equal(false);
      expectNoFaults(tab);
      await tab.page.context().close();
    });
  }
});
