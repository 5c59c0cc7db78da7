import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEncryptor, generateKey, splitKeys } from '../modules/framework/index.ts';

/**
 * The keys for secrets at rest: CRYPT_KEY, else those in `var/crypt.key`, which is made on the first start and which
 * only its owner may read.
 *
 * @throws EncryptionError CRYPT_KEY, in one line
 */
export function readCryptKeys(root: string, given: string | undefined): readonly string[] {
  const keys = splitKeys(given ?? keyFile(join(root, 'var')));
  createEncryptor(keys); // a wrong key is refused now, not when the first secret is needed
  return keys;
}

function keyFile(folder: string): string {
  const file = join(folder, 'crypt.key');
  mkdirSync(folder, { recursive: true });
  try {
    // Two processes may start at once: only one creates the file, both use what is in it.
    writeFileSync(file, `${generateKey()}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}
