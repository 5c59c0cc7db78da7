import { command } from '../../framework/index.ts';
import { conformant, countByLevel, resultText } from '../suite/report.ts';
import { Selftests } from './selftests.ts';

/** `scim:selftest`. */
export const selftest = command('scim:selftest', {
  describe:
    'Try what RFC 7643, 7644 and 9865 ask of a SCIM service provider on this installation; exit code 1 when a MUST fails',
  options: {
    connection: {
      type: 'string',
      describe:
        'Speak for this connection (its policies count; customers made for the test stay behind, deactivated); a temporary one when left out, of which nothing stays',
    },
  },
  inject: { selftests: Selftests },
  async run({ connection }, { selftests }) {
    const result = await selftests.run(connection);
    return { ...result, counts: countByLevel(result.verdicts) };
  },
  print: (result) => resultText(result),
  exitCode: (result) => (conformant(result) ? 0 : 1),
});
