import { command, operator } from '../../framework/index.ts';
import { groupPreviewText } from '../preview/group-print.ts';
import { plain, previewText } from '../preview/print.ts';
import { signInPreviewText } from '../preview/sign-in-print.ts';
import { type DryReplay, type Replayed, Replays } from './replay.ts';

type Tried = DryReplay extends infer One ? (One extends DryReplay ? Omit<One, 'request'> : never) : never;
type Outcome = ({ readonly live: false } & Tried) | ({ readonly live: true } & Replayed);

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
    if (!live) {
      const { request: _, ...tried } = await replays.dry(id);
      return { live, ...tried };
    }
    return { live, ...(await replays.live(id, author ?? operator())) };
  },
  print: (outcome) => (outcome.live ? replayedText(outcome) : triedText(outcome)),
  exitCode: (outcome) => (outcome.live && outcome.status >= 400 ? 1 : 0),
});

const triedText = (tried: Tried): string =>
  tried.resource === 'user'
    ? previewText(tried.preview)
    : tried.resource === 'group'
      ? groupPreviewText(tried.preview)
      : signInPreviewText(tried.preview);

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
