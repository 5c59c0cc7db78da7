import { cureOne } from './cure.tsx';
import { cureAll } from './cure-all.tsx';
import { exportFindings } from './export.ts';
import { reconciliationPage, startRun } from './page.tsx';

/** Pages of this room; what is longest first, so that no word is taken for a number. */
export const reconciliationPages = [reconciliationPage, startRun, exportFindings, ...cureAll, ...cureOne];
