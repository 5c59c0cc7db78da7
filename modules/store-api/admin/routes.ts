import type { Route } from '../../framework/index.ts';
import { accountsPage } from './accounts.tsx';
import { makeAccount, newAccountPage } from './making.ts';
import { revokeAccount, revokeAccountPage } from './revoking.tsx';

/** The pages of API accounts; what is fixed stands before what has a parameter in its place. */
export const accountPages: readonly Route[] = [
  accountsPage,
  newAccountPage,
  makeAccount,
  revokeAccountPage,
  revokeAccount,
];
