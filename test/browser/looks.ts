import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** A screen on which pages are looked at. */
export interface Look {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}

export const wide = { width: 1280, height: 860 } as const;
export const narrow = { width: 390, height: 844 } as const;

/** The whole matrix with `BROWSER_MATRIX=all`, half of it otherwise. */
export const looks: readonly Look[] = [
  { viewport: wide, colorScheme: 'light' },
  { viewport: narrow, colorScheme: 'dark' },
  ...(process.env.BROWSER_MATRIX === 'all'
    ? ([
        { viewport: wide, colorScheme: 'dark' },
        { viewport: narrow, colorScheme: 'light' },
      ] as const)
    : []),
];

/** What axe finds on the page that is serious or worse, and what sticks out at the side, in a line each, at every look. */
export async function faultsOf(page: Page, at: readonly Look[] = looks): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { viewport, colorScheme } of at) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const said = [...(await axeIssues(page)), ...((await isTooWide(page)) ? ['is too wide'] : [])];
    found.push(...said.map((what) => `${page.url()} at ${viewport.width} pixels, ${colorScheme}: ${what}`));
  }
  return found;
}

/** Nothing sticks out at the side. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > innerWidth') as Promise<boolean>;

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
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResult;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} – ${failureSummary}`),
    );
}
