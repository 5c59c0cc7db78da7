import { readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRange } from '../boot/version-range.ts';
import { parseDatabaseUrl } from '../database/url.ts';
import type { Environment } from '../environment/environment.ts';
import { NODE_RANGE } from '../host/version.ts';
import { decodeKey } from '../secret/crypt-key.ts';
import type { Finding } from './checkup.ts';

/** What the process finds around itself: needs neither modules nor a database. */
export function surroundings(environment: Environment): readonly Finding[] {
  return [
    ...nodeFindings(process.versions.node),
    ...addressFindings(environment),
    ...keyFindings(environment.cryptKeys),
    ...fileFindings(environment),
    ...diskFindings(environment),
  ];
}

export function nodeFindings(version: string): readonly Finding[] {
  if (inRange(version, NODE_RANGE) === true) return [];
  const found = `This is Node ${version}; the host is made for ${NODE_RANGE}.`;
  return [{ severity: 'error', title: 'Unsuitable Node', found, cure: 'Install Node 20.19 or later.' }];
}

const loopback = /^(localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0)$/;

export function addressFindings({ baseUrl, nodeEnv }: Pick<Environment, 'baseUrl' | 'nodeEnv'>): readonly Finding[] {
  const { protocol, hostname } = new URL(baseUrl);
  const own = loopback.test(hostname);
  if (nodeEnv !== 'production') {
    if (own || protocol !== 'https:' || nodeEnv === 'test') return [];
    const found = `BASE_URL is public and NODE_ENV is ${nodeEnv}: secrets of a first start go to stdout, logs are not JSON.`;
    return [{ severity: 'warning', title: 'Not in production mode', found, cure: 'Set NODE_ENV=production.' }];
  }
  if (own) {
    const found = 'BASE_URL names this machine, so the links in mails, SAML and SCIM lead others nowhere.';
    return [{ severity: 'error', title: 'No public address', found, cure: 'Set BASE_URL to the public https:// URL.' }];
  }
  if (protocol === 'https:') return [];
  const found = 'BASE_URL begins with http://, so tokens and passwords can be read on the way.';
  const cure = 'Put a reverse proxy with TLS before the host and set BASE_URL to its https:// URL.';
  return [{ severity: 'error', title: 'No encryption on the way', found, cure }];
}

/** Of 32 random bytes hardly any is there twice; even 32 random hex digits have more than eight different ones. */
const fewestDifferent = 8;

export function keyFindings(keys: readonly string[]): readonly Finding[] {
  return keys.flatMap((key, version): Finding[] => {
    if (new Set(decodeKey(key) ?? []).size > fewestDifferent) return [];
    const found = `The key of version ${version} in CRYPT_KEY repeats a few characters, so it can be guessed.`;
    const cure =
      'Append a random key after a space (openssl rand -hex 16); what is stored anew is encrypted with the last.';
    return [{ severity: 'error', title: 'Weak CRYPT_KEY', found, cure }];
  });
}

const othersMay = 0o077;

/** Files with secrets, and what makes them so. */
function fileFindings({ root, nodeEnv, databaseUrl }: Environment): readonly Finding[] {
  const findings: Finding[] = [];
  const look = (path: string, what: string): void => {
    const mode = modeOf(path);
    if (mode === undefined || (mode & othersMay) === 0) return;
    // Nobody else gets into a closed folder, whatever the files in it say.
    if (((modeOf(dirname(path)) ?? 0) & othersMay) === 0) return;
    const found = `${path} (${what}) has the mode ${(mode & 0o777).toString(8)}.`;
    findings.push({ severity: 'error', title: 'Secrets others can read', found, cure: `Run: chmod 600 ${path}` });
  };
  look(join(root, 'var', 'crypt.key'), 'the key of all stored secrets');
  if (/^\s*(CRYPT_KEY|DATABASE_URL|CONFIG__\w+)\s*=/m.test(textOf(join(root, '.env'))))
    look(join(root, '.env'), 'settings with secrets');
  const first = join(root, 'var', 'first-start.txt');
  look(first, 'passwords of the first start');
  if (nodeEnv === 'production' && modeOf(first) !== undefined) {
    const found = `${first} still holds the passwords of the first start.`;
    findings.push({
      severity: 'warning',
      title: 'First passwords on disk',
      found,
      cure: 'Note them and delete the file.',
    });
  }
  const file = sqliteFile({ root, databaseUrl });
  if (nodeEnv === 'production' && file !== undefined) look(file, 'customers and password hashes');
  return findings;
}

const megabyte = 1024 * 1024;

function diskFindings(environment: Environment): readonly Finding[] {
  const file = sqliteFile(environment);
  if (file === undefined || modeOf(file) === undefined) return [];
  const { bavail, bsize } = statfsSync(dirname(file));
  return roomFindings(bavail * bsize, statSync(file).size);
}

/** `free` and `size` in bytes. */
export function roomFindings(free: number, size: number): readonly Finding[] {
  const wanted = Math.max(256 * megabyte, size);
  if (free >= wanted) return [];
  const megabytes = (bytes: number) => `${Math.floor(bytes / megabyte)} MiB`;
  const found = `The disk of the database file has ${megabytes(free)} left; a backup or VACUUM needs ${megabytes(wanted)}.`;
  return [
    { severity: 'error', title: 'Disk nearly full', found, cure: 'Make room, or move the file to a larger disk.' },
  ];
}

function sqliteFile({ root, databaseUrl }: Pick<Environment, 'root' | 'databaseUrl'>): string | undefined {
  const address = parseDatabaseUrl(databaseUrl, root);
  return address.engine === 'sqlite' && address.filename !== ':memory:' ? address.filename : undefined;
}

function modeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mode;
}

function textOf(path: string): string {
  return modeOf(path) === undefined ? '' : readFileSync(path, 'utf8');
}
