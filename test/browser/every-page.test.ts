import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { openPageTour, type PageTour } from '../admin/page-tour.ts';
import { sqlite } from '../setup/databases.ts';
import { openSession } from './administration.ts';
import { expectNoFaults, openBrowser, type Tab, type TabOptions, type TestBrowser } from './browser.ts';
import { stopsOf } from './keyboard.ts';
import { faultsOf, isTooWide, narrow, wide } from './looks.ts';

/** Where people, connections and tokens are called `<img src=x onerror=…>`: every page that any module declares. */
if (process.env.BROWSER_MATRIX === 'all')
  describe('Every page of every module', function () {
    this.timeout(1_200_000);
    let tour: PageTour;
    let browser: TestBrowser;
    before(async () => {
      tour = await openPageTour(sqlite);
      browser = await openBrowser(tour.host.url);
    });
    after(async () => {
      await browser?.close();
      await tour?.host.close();
    });

    const enter = (options?: TabOptions): Promise<Tab> =>
      openSession(browser, tour.host.url, tour.browser.cookies.get('vestibule_admin') ?? '', options);
    /** Goes to each page, collects what is wrong with any, and counts them. */
    async function everywhere(tab: Tab, look: (page: Page, path: string) => Promise<readonly string[]>) {
      const found: string[] = [];
      for (const path of tour.paths) {
        await tab.page.goto(path);
        found.push(...(await look(tab.page, path)));
        if ((await tab.page.locator('img[src=x]').count()) > 0) found.push(`${path} holds a name as markup`);
      }
      expect(found.join('\n')).to.equal('');
      expectNoFaults(tab);
      await tab.close();
    }

    it('has nothing serious for axe and nothing that sticks out, at 1280 and 390 pixels, light and dark', async () => {
      await everywhere(await enter(), (page) => faultsOf(page));
      console.log(`      ${tour.paths.length} pages`);
    });

    for (const viewport of [wide, narrow])
      it(`is gone through with the keyboard alone, at ${viewport.width} pixels: every stop is seen, and there is an end`, async () => {
        await everywhere(await enter({ viewport }), async (page, path) => {
          const { hidden, stops } = await stopsOf(page, 400);
          return [
            ...hidden.map((name) => `${path}: ${name} has the focus and is not seen`),
            ...(stops < 3 || stops >= 400 ? [`${path} has ${stops} stops`] : []),
          ];
        });
      });

    it('is whole without scripts', async () => {
      for (const viewport of [wide, narrow])
        await everywhere(await enter({ javaScriptEnabled: false, viewport }), async (page, path) => [
          ...((await page.locator('h1').count()) === 1 ? [] : [`${path} has not one heading`]),
          ...((await isTooWide(page)) ? [`${path} is too wide`] : []),
        ]);
    });
  });
