import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Finding } from '../../../modules/framework/checkup/checkup.ts';
import { databaseFindings } from '../../../modules/framework/checkup/database-settings.ts';
import { impersonal } from '../../../modules/framework/checkup/impersonal.ts';
import {
  addressFindings,
  keyFindings,
  nodeFindings,
  roomFindings,
  surroundings,
} from '../../../modules/framework/checkup/surroundings.ts';
import { NODE_RANGE } from '../../../modules/framework/host/version.ts';
import { generateKey } from '../../../modules/framework/index.ts';
import { environment } from '../kernel.ts';

const titles = (findings: readonly Finding[]) => findings.map(({ title }) => title);

describe('What doctor finds around the process', () => {
  it('is a Node outside of the range that package.json names', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(NODE_RANGE).to.equal(engines.node);
    expect(['20.18.3', '20.19.0', '24.1.0'].map((version) => nodeFindings(version).length)).to.deep.equal([1, 0, 0]);
  });

  it('is a public address that is none or that everybody can listen to, in production', () => {
    const at = (baseUrl: string, nodeEnv: 'production' | 'development') =>
      titles(addressFindings({ baseUrl, nodeEnv }));
    expect(at('http://127.0.0.1:3000', 'production')).to.deep.equal(['No public address']);
    expect(at('https://localhost', 'production')).to.deep.equal(['No public address']);
    expect(at('http://id.shop.example', 'production')).to.deep.equal(['No encryption on the way']);
    expect(at('https://id.shop.example', 'production')).to.deep.equal([]);
    expect(at('http://127.0.0.1:3000', 'development')).to.deep.equal([]);
    expect(at('https://id.shop.example', 'development')).to.deep.equal(['Not in production mode']);
  });

  it('is a key that somebody made up', () => {
    expect(titles(keyFindings(['a'.repeat(32), generateKey(), 'abcdabcdabcdabcdabcdabcdabcdabcd']))).to.deep.equal([
      'Weak CRYPT_KEY',
      'Weak CRYPT_KEY',
    ]);
    expect(keyFindings(['8c6a1c5bd7d0c1c0fd2a7e5b9b1f4e33'])).to.deep.equal([]);
  });

  it('are secrets that others can read, and those of the first start that were left lying', () => {
    const root = mkdtempSync(join(tmpdir(), 'vestibule-doctor-'));
    try {
      chmodSync(root, 0o755);
      mkdirSync(join(root, 'var'), { mode: 0o755 });
      const files = ['var/crypt.key', 'var/first-start.txt', '.env', 'var/vestibule.sqlite'];
      for (const file of files) writeFileSync(join(root, file), 'CRYPT_KEY=x\n', { mode: 0o600 });
      const look = (nodeEnv: 'production' | 'development') =>
        surroundings(
          environment({ root, nodeEnv, baseUrl: 'https://id.example', databaseUrl: 'sqlite:var/vestibule.sqlite' }),
        ).filter(({ title }) => title !== 'Not in production mode');
      expect(look('development')).to.deep.equal([]);
      expect(titles(look('production'))).to.deep.equal(['First passwords on disk']);
      for (const file of files) chmodSync(join(root, file), 0o640);
      expect(look('production').filter(({ title }) => title === 'Secrets others can read')).to.have.length(4);
      chmodSync(join(root, 'var'), 0o700);
      expect(look('production').map(({ cure }) => cure.split('/').at(-1))).to.deep.equal([
        '.env',
        'Note them and delete the file.',
      ]);
      chmodSync(join(root, 'var'), 0o755);
      writeFileSync(join(root, '.env'), 'PORT=3001\n');
      // A development database holds nobody's data, and .env no secret now.
      expect(look('development').map(({ cure }) => cure.split('/').at(-1))).to.deep.equal([
        'crypt.key',
        'first-start.txt',
      ]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('is a disk that has no room for a copy of the database', () => {
    const gigabyte = 2 ** 30;
    expect(roomFindings(3 * gigabyte, 2 * gigabyte)).to.deep.equal([]);
    expect(roomFindings(gigabyte, 2 * gigabyte)[0]?.found)
      .to.contain('1024 MiB left')
      .and.contain('2048 MiB');
    expect(titles(roomFindings(gigabyte / 8, 0))).to.deep.equal(['Disk nearly full']);
  });
});

describe('What doctor finds in the settings of a database server', () => {
  const good = {
    version: '10.11.6-MariaDB-0+deb12u1',
    innodb_flush_log_at_trx_commit: '1',
    tx_isolation: 'READ-COMMITTED',
    log_bin: 'ON',
    binlog_format: 'MIXED',
    read_only: 'OFF',
    timestamp: '1700000000.5',
  };
  const look = (changes: Readonly<Record<string, string>>) =>
    titles(databaseFindings(new Map(Object.entries({ ...good, ...changes })), 1_700_000_001_000));

  it('is nothing where they are right, and nothing on SQLite', () => {
    expect(look({})).to.deep.equal([]);
    expect(look({ version: '8.0.36', transaction_isolation: 'READ-COMMITTED' })).to.deep.equal([]);
    expect(databaseFindings(new Map([['sqlite_version', '3.45.1']]), 0)).to.deep.equal([]);
  });

  it('are a version that is too old, by its flavour', () => {
    expect(look({ version: '10.5.23-MariaDB' })).to.deep.equal(['Database too old']);
    expect(look({ version: '5.7.44-log' })).to.deep.equal(['Database too old']);
    expect(look({ version: '11.4.2-MariaDB' })).to.deep.equal([]);
  });

  it('are commits that a crash undoes, another isolation, refused writes and clocks apart', () => {
    expect(look({ innodb_flush_log_at_trx_commit: '2' })).to.deep.equal(['Commits are not durable']);
    expect(look({ tx_isolation: 'REPEATABLE-READ' })).to.deep.equal(['Wrong isolation']);
    expect(look({ binlog_format: 'STATEMENT' })).to.deep.equal(['Writes are refused']);
    expect(look({ binlog_format: 'STATEMENT', log_bin: 'OFF' })).to.deep.equal([]);
    expect(look({ read_only: 'ON' })).to.deep.equal(['Database is read-only']);
    expect(look({ timestamp: '1700000007' })).to.deep.equal(['Clocks apart']);
  });
});

describe('Texts of a support bundle', () => {
  it('lose addresses, quotations and what may be a token, at any depth', () => {
    const token = 'vst_3fA9c01Bd2E4f5061728394a';
    expect(
      impersonal([
        'mail to jane.doe@shop.example failed',
        { at: 'https://jane:pw@hooks.example/x?key=1 refused', from: '10.1.2.3 and 2001:db8:0:1::7' },
        `Duplicate entry 'Jane Doe' for "name"`,
        `Bearer ${token} is unknown`,
        7,
        null,
      ]),
    ).to.deep.equal([
      'mail to <mail> failed',
      { at: '<url> refused', from: '<ip> and <ip>' },
      'Duplicate entry <quoted> for <quoted>',
      'Bearer <long> is unknown',
      7,
      null,
    ]);
  });

  it('keep times, versions and names of tables', () => {
    const said = 'Since 2026-11-22T12:00:00.000Z vestibule_webhook_waiting_deliveries of 10.11.6-MariaDB wait';
    expect(impersonal(said)).to.equal(said);
  });
});
