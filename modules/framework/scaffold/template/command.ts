import { command } from 'vestibule/framework';
import { SampleRoom } from './service.ts';

/** `sample-room:answer Sales`; with `--json` the result as it is. */
export const answerCommand = command('sample-room:answer', {
  describe: 'Show the answer for one subject',
  options: { subject: { type: 'string', position: 0, required: true, describe: 'such as a department' } },
  inject: { room: SampleRoom },
  run: async ({ subject }, { room }) => ({ subject, answer: (await room.answerFor(subject)) ?? null }),
  print: ({ subject, answer }) => (answer === null ? `There is no answer for ${subject}.` : answer),
});
