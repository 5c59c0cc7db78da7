import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import envSchema from 'env-schema';
import type { Environment } from '../modules/framework/index.ts';
import { readCryptKeys } from './crypt-key.ts';

/** A variable whose value cannot be used. The message is one line that names it. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly code = 'ENVIRONMENT';
}

interface Variables {
  readonly HOST: string;
  readonly PORT: number;
  readonly BASE_URL?: string;
  readonly DATABASE_URL: string;
  readonly DATABASE_TABLE_PREFIX: string;
  readonly CRYPT_KEY?: string;
  readonly LOG_LEVEL: Environment['logLevel'];
  readonly NODE_ENV: Environment['nodeEnv'];
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** The variables, their defaults, and what a value must look like. */
const schema = {
  type: 'object',
  properties: {
    HOST: { type: 'string', minLength: 1, default: '127.0.0.1' },
    PORT: { type: 'integer', minimum: 0, maximum: 65_535, default: 3000 },
    BASE_URL: { type: 'string' },
    DATABASE_URL: { type: 'string', minLength: 1, default: 'sqlite:var/vestibule.sqlite' },
    DATABASE_TABLE_PREFIX: { type: 'string', pattern: '^([a-z][a-z0-9_]*)?$', maxLength: 32, default: '' },
    CRYPT_KEY: { type: 'string' },
    LOG_LEVEL: { type: 'string', enum: levels, default: 'info' },
    NODE_ENV: { type: 'string', enum: ['development', 'production', 'test'], default: 'development' },
  },
};

/** The variables that are read; `CONFIG__…` besides. */
export const environmentVariables: readonly string[] = Object.keys(schema.properties);

/** What a refused value should have been; the value itself is not repeated, since an address holds a password. */
const EXPECTED: Readonly<Record<string, string>> = {
  HOST: 'an address or a host name',
  PORT: 'a number from 0 to 65535',
  DATABASE_URL: 'sqlite:<file> or mysql://user:password@host:port/database',
  DATABASE_TABLE_PREFIX: 'empty, or lower-case letters, digits and underscores after a letter, at most 32',
  LOG_LEVEL: levels.join(', '),
  NODE_ENV: 'development, production or test',
};

/**
 * Reads the environment of the project in `root`: `.env` there, overruled by `variables`.
 *
 * @throws EnvironmentError for the first wrong value
 */
export function readEnvironment(root: string, variables: NodeJS.ProcessEnv = process.env): Environment {
  const dotEnv = readDotEnv(root);
  const read = validated({ ...filled(dotEnv), ...filled(variables) });
  return Object.freeze({
    host: read.HOST,
    port: read.PORT,
    baseUrl: baseUrlOf(read),
    databaseUrl: read.DATABASE_URL,
    tablePrefix: read.DATABASE_TABLE_PREFIX,
    cryptKeys: readCryptKeys(root, read.CRYPT_KEY),
    nodeEnv: read.NODE_ENV,
    logLevel: read.LOG_LEVEL,
    root,
    configOverrides: overridesIn({ ...dotEnv, ...variables }),
  });
}

/** A variable that is set to nothing counts as not set, as shells and compose files mean it. */
function filled(variables: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

function validated(data: Record<string, string>): Variables {
  try {
    return envSchema<Variables & envSchema.EnvSchemaData>({ schema, data, env: false });
  } catch (cause) {
    const [first] = (cause as { errors?: { instancePath?: string }[] }).errors ?? [];
    const name = first?.instancePath?.slice(1) ?? '';
    throw new EnvironmentError(`${name} is wrong: expected ${EXPECTED[name] ?? 'another value'}.`);
  }
}

function baseUrlOf({ BASE_URL, HOST, PORT }: Variables): string {
  if (BASE_URL === undefined) return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
  const url = URL.canParse(BASE_URL) ? new URL(BASE_URL) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password) {
    throw new EnvironmentError('BASE_URL is wrong: expected http:// or https:// and a host, without query or user.');
  }
  return url.href.replace(/\/+$/, '');
}

/** An override may be empty: an empty text is a value. */
function overridesIn(variables: NodeJS.ProcessEnv): Record<string, string> {
  const overrides = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(overrides.filter(([name]) => /^config__/i.test(name)));
}

function readDotEnv(root: string): NodeJS.ProcessEnv {
  try {
    return parseEnv(readFileSync(join(root, '.env'), 'utf8')) as NodeJS.ProcessEnv;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new EnvironmentError(`.env cannot be read: ${(cause as Error).message}`, { cause });
  }
}
