import type { Finding } from './checkup.ts';

/** Further apart than this, tokens and SAML assertions are refused before their end, or jobs begin late. */
const mostSkew = 5_000;

/** What a database server says of itself, by name; SQLite says nothing of these. `nowMs` is this process's time. */
export function databaseFindings(facts: ReadonlyMap<string, string>, nowMs: number): readonly Finding[] {
  return [...versionFindings(facts.get('version')), ...settingFindings(facts), ...skewFindings(facts, nowMs)];
}

function versionFindings(version: string | undefined): readonly Finding[] {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (version === undefined || major === undefined) return [];
  const number = Number(major) * 100 + Number(minor);
  const [flavour, least, name] = /mariadb/i.test(version) ? ['MariaDB', 1006, '10.6'] : ['MySQL', 800, '8.0'];
  if (number >= Number(least)) return [];
  const found = `The database is ${flavour} ${major}.${minor}; the statements are written for ${name} and later.`;
  return [{ severity: 'error', title: 'Database too old', found, cure: `Upgrade it to ${flavour} ${name} or later.` }];
}

function settingFindings(facts: ReadonlyMap<string, string>): readonly Finding[] {
  const findings: Finding[] = [];
  const flush = facts.get('innodb_flush_log_at_trx_commit');
  if (flush !== undefined && flush !== '1')
    findings.push({
      severity: 'warning',
      title: 'Commits are not durable',
      found: `innodb_flush_log_at_trx_commit is ${flush}: when the server crashes, up to a second of answered changes is gone.`,
      cure: 'SET GLOBAL innodb_flush_log_at_trx_commit = 1, and in the server’s configuration.',
    });
  const isolation = facts.get('transaction_isolation') ?? facts.get('tx_isolation');
  if (isolation !== undefined && isolation !== 'READ-COMMITTED')
    findings.push({
      severity: 'error',
      title: 'Wrong isolation',
      found: `The session’s isolation is ${isolation}, although READ COMMITTED was asked for.`,
      cure: 'Look for a proxy between host and database that does not keep session settings, and take it out.',
    });
  if (facts.get('log_bin') === 'ON' && facts.get('binlog_format') === 'STATEMENT')
    findings.push({
      severity: 'error',
      title: 'Writes are refused',
      found: 'binlog_format is STATEMENT, with which InnoDB refuses writes under READ COMMITTED.',
      cure: 'SET GLOBAL binlog_format = ROW (or MIXED), and in the server’s configuration.',
    });
  if (facts.get('read_only') === 'ON')
    findings.push({
      severity: 'error',
      title: 'Database is read-only',
      found: 'read_only is ON: this is a replica, or writing was stopped.',
      cure: 'Point DATABASE_URL to the primary, or SET GLOBAL read_only = OFF.',
    });
  return findings;
}

function skewFindings(facts: ReadonlyMap<string, string>, nowMs: number): readonly Finding[] {
  const theirs = Number(facts.get('timestamp')) * 1_000;
  const skew = Math.abs(theirs - nowMs);
  if (!(skew > mostSkew)) return [];
  const found = `The clocks of database and host are ${Math.round(skew / 1_000)} s apart.`;
  return [{ severity: 'warning', title: 'Clocks apart', found, cure: 'Keep both by NTP (timedatectl set-ntp true).' }];
}
