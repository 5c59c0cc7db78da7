import type { Page } from 'playwright-core';

/** What the keyboard finds on a page. */
export interface Stops {
  /** How many elements take the focus, one after the other. */
  readonly stops: number;
  /** Those of them that have it where nobody sees it, or without a mark. */
  readonly hidden: readonly string[];
}

interface Stop {
  readonly name: string;
  readonly good: boolean;
}

/** Presses Tab until the page is left, `most` times at most. */
export async function stopsOf(page: Page, most: number): Promise<Stops> {
  const hidden: string[] = [];
  for (let stops = 0; stops < most; stops++) {
    await page.keyboard.press('Tab');
    const stop = (await page.evaluate(`(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const { width, height, top, bottom, left, right } = at.getBoundingClientRect();
      const shown = width > 0 && height > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
      const { outlineStyle } = getComputedStyle(at);
      const marked = outlineStyle !== 'none' || at.closest('label, .file-into-text') !== null;
      return { name: at.outerHTML.slice(0, 120), good: shown && marked };
    })()`)) as Stop | null;
    if (stop === null) return { stops, hidden };
    if (!stop.good) hidden.push(stop.name);
  }
  return { stops: most, hidden };
}
