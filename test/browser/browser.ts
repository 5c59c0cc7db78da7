import { expect } from 'chai';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { chromiumProgram } from '../setup/chromium.ts';
import { wide } from './looks.ts';

/** A tab with cookies of its own, that remembers whatever went wrong in it. */
export interface Tab {
  readonly page: Page;
  /** Errors on the console, exceptions, blocked scripts and styles, dialogs. Answers that were meant to be refusals excepted. */
  readonly faults: readonly string[];
  /** Empties it and keeps it for the next `open`: a new one costs as much as five pages. */
  close(): Promise<void>;
}

export interface TabOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly javaScriptEnabled?: boolean;
}

export interface TestBrowser {
  open(options?: TabOptions): Promise<Tab>;
  close(): Promise<void>;
}

interface Kept {
  readonly page: Page;
  readonly devtools: CDPSession;
  faults: string[];
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
      '--disable-gpu',
      ...(rules.length === 0 ? [] : [`--host-resolver-rules=${rules.join(',')}`]),
      // Plain http on a name is treated as on loopback: what needs https is not complained about.
      ...(rules.length === 0 ? [] : [`--unsafely-treat-insecure-origin-as-secure=${origins.join(',')}`]),
    ],
  });
  const idle: Kept[] = [];
  return {
    async open({ viewport = wide, colorScheme = 'light', javaScriptEnabled = true } = {}) {
      const kept = idle.pop() ?? (await newTab(browser, baseURL));
      const { page, devtools } = kept;
      kept.faults = [];
      await page.setViewportSize(viewport);
      // Nothing is to be looked at in the middle of a movement.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await devtools.send('Emulation.setScriptExecutionDisabled', { value: !javaScriptEnabled });
      return {
        page,
        faults: kept.faults,
        async close() {
          await page.goto('about:blank');
          await page.context().clearCookies();
          idle.push(kept);
        },
      };
    },
    close: () => browser.close(),
  };
}

async function newTab(browser: Browser, baseURL: string): Promise<Kept> {
  const context = await browser.newContext({ baseURL });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const kept: Kept = { page, devtools: await context.newCDPSession(page), faults: [] };
  const fault = (text: string) => void kept.faults.push(text);
  page.on('console', (message) => {
    // The browser says so of every answer from 400 on; a form with an error is one.
    const refused = /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !refused) fault(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => fault(`${page.url()}: ${error.message}`));
  page.on('requestfailed', (request) => {
    if (!/ERR_ABORTED/.test(request.failure()?.errorText ?? '')) fault(`${request.url()} failed`);
  });
  page.on('dialog', (dialog) => {
    fault(`${page.url()}: a dialog says ${dialog.message()}`);
    void dialog.dismiss();
  });
  return kept;
}

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
