import { type Destination, shownTarget } from './destination.ts';
import { OutgoingError } from './outgoing.ts';

export const timeout = (destination: Destination): OutgoingError =>
  new OutgoingError('OUTGOING_TIMEOUT', `${shownTarget(destination)} did not answer in time; try again later.`);

export const aborted = (destination: Destination): OutgoingError =>
  new OutgoingError('OUTGOING_ABORTED', `The request to ${shownTarget(destination)} was broken off from this side.`);

/** What a system says of a failure, in a word where there is one. */
export const wordsOf = (error: NodeJS.ErrnoException): string => error.code ?? error.message;
