import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';

/** What a person does on a page, so that a journey is written once and walked with a mouse or with the keyboard alone. */
export interface Hands {
  /** Follows a link, presses a button, opens what is folded. */
  press(what: Locator): Promise<void>;
  fill(field: Locator, text: string): Promise<void>;
  choose(field: Locator, option: string): Promise<void>;
  tick(box: Locator, ticked: boolean): Promise<void>;
}

export const mouse: Hands = {
  press: (what) => what.click(),
  fill: (field, text) => field.fill(text),
  async choose(field, option) {
    await field.selectOption({ label: option });
  },
  tick: (box, ticked) => box.setChecked(ticked),
};

/** More stops than any page has. */
const most = 300;

/** Tab, Enter, Space, arrows and letters; nothing is clicked, and nothing has the focus that Tab does not lead to. */
export function keyboard(page: Page): Hands {
  const press = (key: string) => page.keyboard.press(key);
  const has = (what: Locator) => what.evaluate((element) => element.ownerDocument.activeElement === element);

  async function reach(what: Locator): Promise<void> {
    await what.waitFor();
    if (await has(what)) return;
    // As people do who know the page: past the menu, where it is the content that they want.
    if (await page.evaluate('document.activeElement === document.body')) {
      await press('Tab');
      if (await has(what)) return;
      const inContent = await what.evaluate((element) => element.closest('#main') !== null);
      const skips = await page.evaluate("document.activeElement.getAttribute('href') === '#main'");
      if (inContent && skips) await press('Enter');
    }
    for (let stops = 0; stops < most; stops++) {
      await press('Tab');
      if (await has(what)) return;
    }
    throw new Error(`${page.url()}: Tab does not lead to ${what}`);
  }

  return {
    async press(what) {
      await reach(what);
      await press('Enter');
    },
    async fill(field, text) {
      await reach(field);
      await press('Control+A');
      await (text === '' ? press('Delete') : page.keyboard.type(text));
    },
    async choose(field, option) {
      await reach(field);
      const chosen = async () => (await field.locator('option:checked').textContent())?.trim();
      await press('Home');
      for (let at = 0; (await chosen()) !== option && at < most; at++) await press('ArrowDown');
      expect(await chosen()).to.equal(option);
    },
    async tick(box, ticked) {
      await reach(box);
      if ((await box.isChecked()) !== ticked) await press('Space');
      expect(await box.isChecked()).to.equal(ticked);
    },
  };
}
