import type { Command } from '../../framework/index.ts';
import { createCommand } from './create.ts';
import { deleteCommand, rotateCommand } from './delete.ts';
import { logCommand, replayCommand, testCommand } from './deliveries.ts';
import { resumeCommand } from './resume.ts';
import { setCommand } from './set.ts';
import { listCommand, showCommand } from './show.ts';

/** Webhooks and their deliveries from the command line. */
export const webhookCommands: readonly Command[] = [
  createCommand,
  listCommand,
  showCommand,
  setCommand,
  deleteCommand,
  rotateCommand,
  testCommand,
  replayCommand,
  logCommand,
  resumeCommand,
];
