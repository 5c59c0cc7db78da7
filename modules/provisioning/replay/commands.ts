import { userInfo } from 'node:os';
import { command } from '../../framework/index.ts';
import type { Preview } from '../preview/preview.ts';
import { plain, previewText } from '../preview/print.ts';
import { type Replayed, Replays } from './replay.ts';

type Outcome = { readonly live: false; readonly preview: Preview } | ({ readonly live: true } & Replayed);

/** `activity:replay`. */
export const replayCommand = command('activity:replay', {
  describe: 'Show what a recorded request would do today (writes nothing), or with --live do it once more',
  options: {
    id: {
      type: 'number',
      describe: 'Id of the record, as report:provisioning --json shows it',
      position: 0,
      required: true,
    },
    live: { type: 'boolean', describe: 'Carry it out, as a new request with a record of its own' },
    author: { type: 'string', describe: 'Who does it, for the record; the user of this computer unless said' },
  },
  inject: { replays: Replays },
  async run({ id, live = false, author }, { replays }): Promise<Outcome> {
    if (!live) return { live, preview: (await replays.dry(id)).preview };
    return { live, ...(await replays.live(id, author ?? `${userInfo().username} (command line)`)) };
  },
  print: (outcome) => (outcome.live ? replayedText(outcome) : previewText(outcome.preview)),
  exitCode: (outcome) => (outcome.live && outcome.status >= 400 ? 1 : 0),
});

function replayedText({ request, status, answer, requestId }: Replayed): string {
  const { detail } = (answer ?? {}) as { detail?: unknown };
  return [
    `${request.method} ${plain(request.path, 200)} was answered ${status}${typeof detail === 'string' ? `: ${plain(detail, 300)}` : ''}.`,
    `Recorded: report:provisioning --request ${requestId}`,
    ...(request.left.length > 0
      ? [`Not sent, because it was secret and is not kept: ${request.left.join(', ')}.`]
      : []),
  ].join('\n');
}
