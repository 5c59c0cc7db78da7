import type { Command } from 'vestibule/framework';
import { checkCommand, ordersCommand } from './lms.ts';
import { listCommand, mapCommand, unmapCommand } from './map.ts';
import { logCommand, queueCommand, retryCommand, runCommand } from './queue.ts';

/** Courses from the command line. */
export const courseCommands: readonly Command[] = [
  mapCommand,
  unmapCommand,
  listCommand,
  queueCommand,
  logCommand,
  retryCommand,
  runCommand,
  checkCommand,
  ordersCommand,
];
