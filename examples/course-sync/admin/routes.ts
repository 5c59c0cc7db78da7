import { editPage, saveMapping } from './edit.tsx';
import { logPage } from './log.tsx';
import { mapPage } from './map.tsx';
import { addMapping, newPage } from './new.tsx';
import { queuePage, retryAction } from './queue.tsx';
import { removeMapping, removePage } from './remove.tsx';

/** The pages of courses. */
export const coursePages = [
  mapPage,
  newPage,
  addMapping,
  editPage,
  saveMapping,
  removePage,
  removeMapping,
  queuePage,
  retryAction,
  logPage,
];
