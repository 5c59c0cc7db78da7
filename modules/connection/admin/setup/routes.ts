import type { Route } from '../../../framework/index.ts';
import { begin, openPage } from './begin.tsx';
import { checkPage } from './check.tsx';
import { finish, finishPage } from './finish.tsx';
import { setupGuidePage } from './guide.tsx';
import { chooseProvider, providerPage } from './provider.tsx';
import { setupRequestsPage } from './requests.tsx';
import { makeTokenOfLink } from './token.tsx';

/** The pages of identity administrators, who have a link and no account. */
export const setupPages: readonly Route[] = [
  openPage,
  begin,
  providerPage,
  chooseProvider,
  setupGuidePage,
  setupRequestsPage,
  makeTokenOfLink,
  checkPage,
  finishPage,
  finish,
];
