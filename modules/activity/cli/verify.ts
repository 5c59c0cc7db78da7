import { command, UsageError } from '../../framework/index.ts';
import { ActivityVerifier } from '../seal/verification.ts';
import type { Anchor, Verification } from '../seal/verify.ts';

/** Reads `<seal>:<digest>`, as the command prints it. */
function parseAnchor(text: string): Anchor {
  const [, seal, digest] = /^(\d{1,10}):(\d{1,9}:[0-9a-f]{64})$/.exec(text) ?? [];
  if (seal === undefined || digest === undefined)
    throw new UsageError('--anchor is what activity:verify printed after "Head:", <seal>:<key>:<digest>.');
  return { sealId: Number(seal), digest };
}

const say = ({ intact, seals, records, purged, waiting, head, fault }: Verification): string =>
  [
    intact
      ? 'The record is as it was sealed.'
      : `NOT INTACT: ${fault?.message} Compare with a backup, and look for who has write access to the database.`,
    `${seals} seals ${intact ? '' : 'before it '}are in order, with ${records} records${purged > 0 ? ` and ${purged} that were purged in time` : ''}; ${waiting} wait for their seal.`,
    ...(intact && head
      ? [
          `Head: ${head.sealId}:${head.digest}`,
          'Note it elsewhere: --anchor with it proves later that nothing was cut off.',
        ]
      : []),
  ].join('\n');

const tellEvery = 1_000;

/** `activity:verify`. */
export const verifyCommand = command('activity:verify', {
  describe:
    'Check that no record of activity was changed, removed or inserted since it was sealed; exit code 1 if one was',
  options: {
    anchor: {
      type: 'string',
      many: true,
      describe: 'A head that an earlier run printed or a server logged; it must be there unchanged',
    },
  },
  inject: { verifier: ActivityVerifier },
  run({ anchor = [] }, { verifier }, io) {
    let told = Date.now();
    return verifier.verify({
      anchors: anchor.map(parseAnchor),
      progress: (seals, of, records) => {
        if (Date.now() - told < tellEvery) return;
        told = Date.now();
        io.tell(`${seals} of ${of} seals, ${records} records …\n`);
      },
    });
  },
  print: (result) => say(result),
  exitCode: ({ intact }) => (intact ? 0 : 1),
});
