import { provide, service } from 'vestibule/framework';

/** What the parts of this module ask. Other modules ask it too: `index.ts` exports it. */
export interface SampleRoom {
  /** The answer for one subject, such as a department; undefined where there is none. */
  answerFor(subject: string): Promise<string | undefined>;
}

export const SampleRoom = service<SampleRoom>('sample-room.SampleRoom');

/** Made once, at boot. What it needs stands in the braces: `{ database: Database }`. */
export const provided = provide(SampleRoom, {}, () => ({
  // Unfinished: the module's test is red until this answers something.
  answerFor: async (_subject) => undefined,
}));
