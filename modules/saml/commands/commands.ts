import type { Command } from '../../framework/index.ts';
import { certificateCommands } from './certificates.ts';
import { metadataCommands } from './metadata.ts';
import { setCommands } from './set.ts';
import { showCommands } from './show.ts';

/** How connections take part in SAML, from the command line. */
export const samlCommands: readonly Command[] = [
  ...showCommands,
  ...setCommands,
  ...metadataCommands,
  ...certificateCommands,
];
