import { platform, release, totalmem } from 'node:os';
import { Config } from '../config/config.ts';
import type { ConfigField } from '../config/section.ts';
import { formatValue } from '../config/value.ts';
import { Database } from '../database/executor.ts';
import type { Environment } from '../environment/environment.ts';
import type { Host } from '../host/host.ts';
import { HOST_VERSION } from '../host/version.ts';
import { Gauges } from '../metrics/gauge.ts';
import type { Diagnosis } from './diagnosis.ts';
import { impersonal } from './impersonal.ts';
import { RecentFaults } from './recent-faults.ts';

/** What is made for a bundle besides the checkups. */
export const bundled = [Gauges, RecentFaults] as const;

/**
 * What somebody needs who helps from afar: versions, modules, settings, findings, counts and faults, as far as the
 * diagnosis came. It holds no secret and nothing about a person: settings only where their values come from a list or are
 * numbers, ids and codes instead of texts, and all texts are searched for addresses once more.
 */
export async function supportBundle({ host, environment, ...diagnosis }: Diagnosis, at: Date): Promise<object> {
  const { migrations, looked, findings } = diagnosis;
  const healthy = host && migrations?.pending.length === 0 ? host : undefined;
  return {
    madeAt: at.toISOString(),
    versions: { host: HOST_VERSION, node: process.versions.node, system: `${platform()} ${release()}` },
    memoryBytes: totalmem(),
    environment: environment && described(environment),
    modules: host?.inventory.modules.map(({ name, version, sequence = [], optional = [] }) => ({
      name,
      version,
      sequence,
      optional,
    })),
    migrations,
    looked,
    findings: findings.map((finding) => impersonal({ ...finding })),
    database: healthy && (await factsOf(healthy)),
    configuration: healthy && (await settingsOf(healthy)),
    counts: healthy && (await countsOf(healthy)),
    faults: healthy && (await faultsOf(healthy)),
  };
}

/** Addresses and keys are told by their kind and number only. */
function described({ baseUrl, databaseUrl, tablePrefix, cryptKeys, nodeEnv, logLevel, ...rest }: Environment): object {
  return {
    nodeEnv,
    logLevel,
    baseUrl: new URL(baseUrl).protocol,
    database: /^[a-z]+/i.exec(databaseUrl)?.[0],
    prefixed: tablePrefix !== '',
    keys: cryptKeys.length,
    overrides: Object.keys(rest.configOverrides),
  };
}

async function factsOf(host: Host): Promise<object> {
  const database = host.resolve(Database);
  const rows = await database.all<{ Variable_name: string; Value: string }>(database.dialect.facts);
  return Object.fromEntries(rows.map(({ Variable_name: name, Value: value }) => [name, value]));
}

async function settingsOf(host: Host): Promise<readonly object[]> {
  const config = host.resolve(Config);
  const paths = config.sections().flatMap(({ path, fields }) => Object.keys(fields).map((name) => `${path}/${name}`));
  return Promise.all(
    paths.sort().map(async (path) => {
      try {
        const { field, value, origin } = await config.entry(path);
        return { path, origin, value: shown(field, value) };
      } catch {
        return { path, origin: 'unreadable' };
      }
    }),
  );
}

/** What somebody typed may be a name, an address or worse. */
function shown(field: ConfigField, value: Parameters<typeof formatValue>[0]): string {
  const text = formatValue(value);
  const closed = field.type === 'yesno' || field.type === 'number' || field.type === 'select';
  if (closed || text === '' || text === formatValue(field.default)) return text;
  return `<set, ${text.length} characters>`;
}

async function countsOf(host: Host): Promise<object> {
  const counts: [string, unknown][] = [];
  for (const { name, read } of host.resolve(Gauges)) counts.push([name, await orFailure(read)]);
  return Object.fromEntries(counts);
}

async function faultsOf(host: Host): Promise<object> {
  const faults: [string, unknown][] = [];
  for (const { name, read } of host.resolve(RecentFaults)) faults.push([name, impersonal(await orFailure(read))]);
  return Object.fromEntries(faults);
}

async function orFailure(read: () => Promise<unknown>): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    return `failed: ${error instanceof Error ? error.name : 'unknown'}`;
  }
}
