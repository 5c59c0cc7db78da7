import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumProgram } from '../setup/chromium.ts';

/** A tab of a browser of its own, that remembers whatever went wrong in it. */
export interface Tab {
  readonly page: Page;
  /** Errors on the console, exceptions, blocked scripts and styles, dialogs. Answers that were meant to be refusals excepted. */
  readonly faults: readonly string[];
}

export interface TestBrowser {
  open(options?: BrowserContextOptions): Promise<Tab>;
  close(): Promise<void>;
}

/**
 * Starts Chromium, which is installed where it is missing. `hosts` are names that only this browser knows, with the
 * loopback port that each of them stands for: sites of their own, as those on the internet are to each other.
 */
export async function openBrowser(baseURL: string, hosts: Readonly<Record<string, number>> = {}): Promise<TestBrowser> {
  const rules = Object.entries(hosts).map(([name, port]) => `MAP ${name} 127.0.0.1:${port}`);
  const origins = Object.keys(hosts).map((name) => `http://${name}`);
  const browser: Browser = await chromium.launch({
    executablePath: await chromiumProgram(),
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      ...(rules.length === 0 ? [] : [`--host-resolver-rules=${rules.join(',')}`]),
      // Plain http on a name is treated as on loopback: what needs https is not complained about.
      ...(rules.length === 0 ? [] : [`--unsafely-treat-insecure-origin-as-secure=${origins.join(',')}`]),
    ],
  });
  return {
    async open(options = {}) {
      const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 860 }, ...options });
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('console', (message) => {
        // The browser says so of every answer from 400 on; a form with an error is one.
        const refused = /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
        if (['error', 'warning'].includes(message.type()) && !refused) faults.push(`${page.url()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
      page.on('requestfailed', (request) => {
        if (!/ERR_ABORTED/.test(request.failure()?.errorText ?? '')) faults.push(`${request.url()} failed`);
      });
      page.on('dialog', (dialog) => {
        faults.push(`${page.url()}: a dialog says ${dialog.message()}`);
        void dialog.dismiss();
      });
      return { page, faults };
    },
    close: () => browser.close(),
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    id: string;
    impact: string;
    nodes: readonly { html: string; failureSummary: string }[];
  }[];
}

/** What axe finds that is serious or worse, in a line each. */
export async function axeIssues(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResult;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} – ${failureSummary}`),
    );
}

/** Nothing sticks out at the side. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > innerWidth') as Promise<boolean>;

/** Fills the login and sends it. */
export async function logIn(page: Page, user: string, password: string): Promise<void> {
  await page.goto('/admin/login');
  await page.getByLabel('User Name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

export function expectNoFaults({ faults }: Tab): void {
  expect(faults).to.deep.equal([]);
}
