import { createHash } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { randomText } from './random-text.ts';

/** One step of a stored hash: an algorithm that turns the password, or the step before's hex digest, into a hex digest. */
type Step = (input: string, salt: string) => Promise<string>;

/** The form Magento writes today: 32 bytes, two passes over 64 MiB. */
const current = '3_32_2_67108864';

/** Parameters come from the database; what costs more than this is not one of Magento's. */
const most = { output: 128, passes: 10, memory: 1024 * 1024 * 1024 };

/** The argon2id variant; the library's enum exists in its types only. */
const argon2id = 2;

const md5: Step = async (input, salt) =>
  createHash('md5')
    .update(salt + input)
    .digest('hex');
const sha256: Step = async (input, salt) =>
  createHash('sha256')
    .update(salt + input)
    .digest('hex');
const argon =
  (outputLen: number, timeCost: number, memory: number): Step =>
  async (input, salt) => {
    const memoryCost = Math.floor(memory / 1024);
    const options = { algorithm: argon2id, outputLen, timeCost, memoryCost, parallelism: 1, salt: argonSalt(salt) };
    return (await hashRaw(input, options)).toString('hex');
  };

/** libsodium takes 16 bytes of salt: the first ones of the text, which is repeated while it is shorter. */
function argonSalt(salt: string): Buffer {
  const bytes = Buffer.from(salt, 'utf8');
  return Buffer.alloc(16, bytes.subarray(0, 16));
}

function stepOf(version: string): Step | undefined {
  if (version === '0') return md5;
  if (version === '1') return sha256;
  if (version === '2') return argon(32, 2, 65_536 * 1024);
  const match = /^3_(\d{1,4})_(\d{1,4})_(\d{1,12})$/.exec(version);
  if (match === null) return undefined;
  const [output = 0, passes = 0, memory = 0] = match.slice(1).map(Number);
  const sane = output >= 16 && output <= most.output && passes >= 1 && passes <= most.passes;
  return sane && memory >= 8192 && memory <= most.memory ? argon(output, passes, memory) : undefined;
}

export interface StoredHash {
  readonly hash: string;
  readonly salt: string;
  readonly steps: readonly Step[];
  /** Not the single current version: Magento would hash anew at the next log-in. */
  readonly outdated: boolean;
}

/**
 * Takes `hash:salt:version[:version…]` apart. Several versions form a chain: an old hash that was hashed again without
 * the password.
 *
 * @returns undefined when it has not three parts, or when a version is unknown
 */
export function parseHash(stored: string): StoredHash | undefined {
  const [hash = '', salt = '', ...versions] = stored.split(':');
  const steps = versions.map(stepOf);
  if (hash === '' || salt === '' || versions.length === 0 || steps.includes(undefined)) return undefined;
  return { hash, salt, steps: steps as Step[], outdated: versions.length > 1 || versions[0] !== current };
}

/** The hex digest that a password has under a stored hash's salt and versions. */
export async function digestOf(stored: StoredHash, password: string): Promise<string> {
  let digest = password;
  for (const step of stored.steps) digest = await step(digest, stored.salt);
  return digest;
}

/** Hashes a new password as Magento 2.4 does: argon2id with a random salt of 32 characters. Takes about 100 ms. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomText(32);
  const step = stepOf(current);
  if (step === undefined) throw new Error(`The current password version "${current}" cannot be read back.`);
  return `${await step(password, salt)}:${salt}:${current}`;
}
