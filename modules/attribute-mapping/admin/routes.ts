import { attributePages } from './attribute-pages.tsx';
import { copyPages } from './copy-page.tsx';
import { exchangePages } from './exchange-page.tsx';
import { mappingPage } from './mapping-page.tsx';
import { presetPages } from './preset-page.tsx';
import { publishPages } from './publish-page.tsx';
import { rowActions } from './row-actions.ts';
import { rowPages } from './row-page.tsx';
import { versionPages } from './version-pages.tsx';

/** The pages of a connection's mapping; those of previews and impact are brought by the room that provisions. */
export const mappingPages = [
  mappingPage,
  ...rowPages,
  ...rowActions,
  ...publishPages,
  ...versionPages,
  ...presetPages,
  ...exchangePages,
  ...copyPages,
  ...attributePages,
];
