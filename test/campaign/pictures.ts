import { mkdir, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { openBrowser, type TabOptions } from '../browser/browser.ts';
import { type Stage, setStage } from './stage.ts';

/** What the README and the guides show. */
const best: readonly (readonly [name: string, path: string, options: TabOptions])[] = [
  ['dashboard', '/admin', { colorScheme: 'light', viewport: { width: 1280, height: 1330 } }],
  ['connection', '/admin/connections/okta', { colorScheme: 'light' }],
  ['mapping', '/admin/connections/okta/mapping', { colorScheme: 'dark' }],
  [
    'customers',
    '/admin/customers?column=pick&column=id&column=name&column=email&column=group&column=state&column=source&column=onboarding',
    { colorScheme: 'light' },
  ],
  ['report', '/admin/reports/provisioning?status=failure', { colorScheme: 'dark' }],
  ['held-change', '/admin/held-changes/1', { colorScheme: 'light' }],
  ['saml', '/admin/connections/okta/saml', { colorScheme: 'light' }],
  ['webhook', '/admin/webhooks/1', { colorScheme: 'dark' }],
  ['reconciliation', '/admin/reports/reconciliation', { colorScheme: 'light' }],
  ['customer-phone', '/admin/customers/:customer', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
];

const wide = { width: 1280, height: 860 };
const narrow = { width: 390, height: 844 };

/** As the browser itself makes WebP; PNGs of the same page are three times as large. */
async function picture(page: Page, file: string, full: boolean): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? wide;
  const tall = full ? Number(await page.evaluate('document.documentElement.scrollHeight')) : height;
  const clip = { x: 0, y: 0, width, height: Math.min(tall, 4000), scale: 1 };
  const shot = { format: 'webp', quality: 82, clip, captureBeyondViewport: true } as const;
  const { data } = await session.send('Page.captureScreenshot', shot);
  const bytes = Buffer.from(data, 'base64');
  await writeFile(file, bytes);
  return bytes.length;
}

/** The guide behind a setup link, as an identity administrator sees it: the link is made and begun as people do. */
async function openGuide(page: Page): Promise<void> {
  await page.goto('/admin/connections/miniorange/invitations/new');
  await page.getByLabel('Whom is it for?').fill('Dana');
  await page.getByRole('button', { name: 'Make the Link' }).click();
  const link = await page.getByLabel('Setup Link').inputValue();
  await page.context().clearCookies();
  await page.goto(new URL(link).pathname);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.waitForURL(/\/guide/);
}

/** Every page in every look, for whoever changes the style: `PICTURES=/tmp/pictures npm run campaign -- pictures`. */
async function everyPage(stage: Stage, folder: string): Promise<void> {
  const browser = await openBrowser(stage.url);
  const only = process.env.PICTURES_OF;
  for (const [look, options] of Object.entries({
    '1280-light': { viewport: wide, colorScheme: 'light' },
    '390-dark': { viewport: narrow, colorScheme: 'dark' },
    '1280-dark': { viewport: wide, colorScheme: 'dark' },
    '390-light': { viewport: narrow, colorScheme: 'light' },
  } as const)) {
    if (process.env.PICTURES_LOOK !== undefined && !look.includes(process.env.PICTURES_LOOK)) continue;
    const { page, close } = await browser.open(options);
    await stage.enter(page);
    for (const path of stage.pages.filter((one) => only === undefined || one.includes(only))) {
      await page.goto(path);
      const name = path.slice(1).replaceAll(/[/?=&%]+/g, '_');
      await page.screenshot({ path: `${folder}/${name}.${look}.png`, fullPage: true });
    }
    await close();
  }
  await browser.close();
}

/** Makes the pictures of the README and the guides anew, in docs/pictures; with PICTURES=<folder> a picture of every page in every look. */
export async function pictures(): Promise<boolean> {
  const stage = await setStage();
  const { PICTURES } = process.env;
  const folder = PICTURES ?? 'docs/pictures';
  await mkdir(folder, { recursive: true });
  try {
    if (PICTURES !== undefined) await everyPage(stage, folder);
    else {
      const browser = await openBrowser(stage.url);
      for (const [name, path, options] of best) {
        const { page, close } = await browser.open({ viewport: wide, ...options });
        await stage.enter(page);
        await page.goto(path.replace(':customer', String(stage.customer)));
        const bytes = await picture(page, `${folder}/${name}.webp`, false);
        console.log(`${folder}/${name}.webp  ${Math.round(bytes / 1024)} KB`);
        await close();
      }
      const { page, close } = await browser.open({ viewport: wide, colorScheme: 'light' });
      await stage.enter(page);
      await openGuide(page);
      const bytes = await picture(page, `${folder}/setup-guide.webp`, false);
      console.log(`${folder}/setup-guide.webp  ${Math.round(bytes / 1024)} KB`);
      await close();
      await browser.close();
    }
  } finally {
    await stage.close();
  }
  return true;
}
