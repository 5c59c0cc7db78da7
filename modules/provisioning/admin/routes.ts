import type { Route } from '../../framework/index.ts';
import { deletionRoutes } from './delete-connection.tsx';
import { heldChangePage } from './held-change.tsx';
import { heldChangesPage } from './held-changes.tsx';
import { holdDecisions } from './hold-decisions.tsx';
import { matchDecisions, pendingMatchesPage } from './pending-matches.tsx';
import { protectionActs } from './protection/acts.ts';
import { protectedCustomersPage } from './protection/page.tsx';

/** What this room brings to the administration of connections. */
export const connectionPages: readonly Route[] = [
  ...deletionRoutes,
  heldChangesPage,
  heldChangePage,
  ...holdDecisions,
  pendingMatchesPage,
  ...matchDecisions,
  protectedCustomersPage,
  ...protectionActs,
];
