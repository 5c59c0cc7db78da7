import type { Route } from '../../framework/index.ts';
import { addConnection, addConnectionPage } from './add-connection.tsx';
import { connectionsPage } from './connections.tsx';
import { guidePage } from './guide/guide-page.tsx';
import {
  makeInvitation,
  newInvitationPage,
  revokeInvitation,
  revokeInvitationPage,
} from './invitation/invitations.tsx';
import { pauseConnection, pausePage, resumeConnection } from './pausing.tsx';
import { policiesPage, savePolicies } from './policies.tsx';
import { requestsPage } from './requests-page.tsx';
import { saveToggles, scimConfigurationPage } from './scim-configuration.tsx';
import { setupPages } from './setup/routes.ts';
import {
  cancelRotation,
  cancelRotationPage,
  completeRotation,
  completeRotationPage,
  revokeToken,
  revokeTokenPage,
} from './token-ends.tsx';
import { makeToken, newTokenPage, rotateToken, rotateTokenPage } from './tokens.tsx';

/** The pages of connections; what is fixed stands before what has a parameter in its place. */
export const connectionPages: readonly Route[] = [
  connectionsPage,
  addConnectionPage,
  addConnection,
  scimConfigurationPage,
  saveToggles,
  requestsPage,
  guidePage,
  newInvitationPage,
  makeInvitation,
  revokeInvitationPage,
  revokeInvitation,
  policiesPage,
  savePolicies,
  pausePage,
  pauseConnection,
  resumeConnection,
  newTokenPage,
  makeToken,
  rotateTokenPage,
  rotateToken,
  completeRotationPage,
  completeRotation,
  cancelRotationPage,
  cancelRotation,
  revokeTokenPage,
  revokeToken,
  ...setupPages,
];
