import { applyPages, applyPanel } from './apply-page.tsx';
import { impactPages } from './impact-page.tsx';
import { impactPanel } from './impact-panel.tsx';
import { lightsPanel } from './lights-panel.tsx';
import { previewPages, previewPanels } from './preview-pages.tsx';
import { searchFormsPanel } from './search-forms-panel.tsx';
import { receivedSources } from './seen-sources.ts';

/** What this room brings to the pages of a mapping: what was received, and who is concerned. */
export const mappingPanels = [
  ...previewPanels,
  searchFormsPanel,
  applyPanel,
  lightsPanel,
  impactPanel,
  receivedSources,
];
export { applyPages, impactPages, previewPages };
