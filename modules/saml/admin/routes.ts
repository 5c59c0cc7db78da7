import type { Route } from '../../framework/index.ts';
import { distrustCertificate, distrustPage, trustCertificate } from './certificate-actions.tsx';
import { certificateFile, metadataFile } from './downloads.ts';
import { cancelRollover, completePage, completeRollover, startRollover } from './key-actions.tsx';
import { importMetadata, refreshMetadata, takeOverMetadata } from './metadata-actions.tsx';
import { samlPage } from './page.tsx';
import { saveProvider } from './provider-actions.tsx';
import { builtInTable, ownClaims, saveClaims, saveSettings } from './settings-actions.tsx';
import { switchSaml } from './switching.ts';
import { beginTest, testPage } from './test-login.tsx';

/** The pages of a connection's SAML half. */
export const samlPages: readonly Route[] = [
  samlPage,
  switchSaml,
  importMetadata,
  refreshMetadata,
  takeOverMetadata,
  saveProvider,
  trustCertificate,
  distrustPage,
  distrustCertificate,
  startRollover,
  cancelRollover,
  completePage,
  completeRollover,
  saveSettings,
  saveClaims,
  ownClaims,
  builtInTable,
  metadataFile,
  certificateFile,
  beginTest,
  testPage,
];
