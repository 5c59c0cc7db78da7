import { command, UsageError } from '../../framework/index.ts';
import { ActivityVerifier } from '../seal/verification.ts';
import type { Anchor, Verification } from '../seal/verify.ts';
import { readAnchor } from './anchor.ts';

/** @throws UsageError */
function parseAnchor(text: string): Anchor {
  const anchor = readAnchor(text);
  if (!anchor) throw new UsageError('--anchor is what activity:verify printed after "Head:", <seal>:<key>:<digest>.');
  return anchor;
}

const say = ({ intact, seals, records, purged, waiting, head, fault }: Verification): string =>
  [
    intact
      ? 'The record is as it was sealed.'
      : `NOT INTACT: ${fault?.message} Compare with a backup, and look for who has write access to the database.`,
    `Seals in order${intact ? '' : ' before it'}: ${seals}; records under them: ${records}; purged in time: ${purged}; waiting for a seal: ${waiting}.`,
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
