import { tokenEnd, tokenRoute } from './http/api-token.ts';
import { assetRoute } from './http/assets.ts';
import { accountPage, changePassword } from './pages/account.tsx';
import { factorPage, newCodes, turnOff, turnOn } from './pages/account-factor.tsx';
import { configurationPage, configurationSection, saveConfiguration } from './pages/configuration.tsx';
import { dashboardPage } from './pages/dashboard.tsx';
import { loginAction, loginPage, logoutAction } from './pages/login.tsx';
import { modulePage } from './pages/module.tsx';
import { modulesPage } from './pages/modules.tsx';
import { deleteRole, deleteRolePage, rolePage, saveRole } from './pages/role.tsx';
import { rolesPage } from './pages/roles.tsx';
import { secondFactorAction, secondFactorPage } from './pages/second-factor.tsx';
import { endOtherSessions, endSession, sessionsPage } from './pages/sessions.tsx';
import { themeAction } from './pages/theme.ts';
import {
  deleteUser,
  deleteUserPage,
  endSessions,
  resetSecondFactor,
  saveUser,
  unlockUser,
  userPage,
} from './pages/user.tsx';
import { usersPage } from './pages/users.tsx';
import { viewActions } from './view/actions.ts';

/** The pages, forms and files of the shell itself. */
export const routes = [
  assetRoute,
  tokenRoute,
  tokenEnd,
  loginPage,
  loginAction,
  logoutAction,
  secondFactorPage,
  secondFactorAction,
  themeAction,
  dashboardPage,
  configurationPage,
  configurationSection,
  saveConfiguration,
  modulesPage,
  modulePage,
  usersPage,
  userPage,
  saveUser,
  unlockUser,
  resetSecondFactor,
  endSessions,
  deleteUserPage,
  deleteUser,
  sessionsPage,
  endSession,
  endOtherSessions,
  rolesPage,
  rolePage,
  saveRole,
  deleteRolePage,
  deleteRole,
  accountPage,
  changePassword,
  factorPage,
  turnOn,
  newCodes,
  turnOff,
  ...viewActions,
];
