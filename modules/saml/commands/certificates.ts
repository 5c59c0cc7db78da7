import { type Command, command, UsageError } from '../../framework/index.ts';
import { SamlCertificates } from '../provider/certificate/certificates.ts';
import { type KeyBits, keyBits } from '../provider/key/key-pairs.ts';
import { SamlKeys } from '../provider/key/keys.ts';
import { actor, connection, readGiven } from './given-file.ts';
import { changedPage } from './shown.ts';

const fingerprint = {
  type: 'string',
  describe: 'SHA-256 fingerprint of the certificate as saml:show lists it, or its first 8 characters or more',
  position: 0,
} as const;

const trust = command('saml:certificate:trust', {
  describe: 'Let signatures of a certificate of the identity provider count: of one that was offered, or of a new one',
  options: {
    fingerprint,
    connection,
    file: { type: 'string', describe: 'File with a certificate, or - for standard input' },
  },
  inject: { certificates: SamlCertificates },
  async run(given, { certificates }) {
    if ((given.file === undefined) === (given.fingerprint === undefined))
      throw new UsageError('Say either the fingerprint of a certificate or --file.');
    const certificate = given.file === undefined ? String(given.fingerprint) : await readGiven(given.file);
    return certificates.trust(given.connection, certificate, actor);
  },
  print: (shown) => changedPage(shown),
});

const distrust = command('saml:certificate:distrust', {
  describe: 'Let signatures of a certificate count no more; refreshed metadata does not offer it again',
  options: { fingerprint: { ...fingerprint, required: true }, connection },
  inject: { certificates: SamlCertificates },
  run: (given, { certificates }) => certificates.distrust(given.connection, given.fingerprint, actor),
  print: (shown) => changedPage(shown),
});

const steps = ['start', 'complete', 'cancel'] as const;

const rotate = command('saml:key:rotate', {
  describe:
    'Replace our key in steps: start publishes the next one beside the present one, complete lets it sign, cancel drops it',
  options: {
    step: { type: 'string', describe: 'What to do', required: true, position: 0, choices: steps },
    connection,
    bits: { type: 'string', describe: 'Size of the new key', choices: keyBits.map(String), default: '2048' },
  },
  inject: { keys: SamlKeys },
  run({ step, connection: code, bits }, { keys }) {
    if (step === 'complete') return keys.complete(code, actor);
    if (step === 'cancel') return keys.cancel(code, actor);
    const size: KeyBits | undefined = keyBits.find((known) => String(known) === bits);
    return keys.start(code, { actor, ...(size === undefined ? {} : { bits: size }) });
  },
  print: (shown) => changedPage(shown),
});

/** Commands about certificates and keys. */
export const certificateCommands: readonly Command[] = [trust, distrust, rotate];
