import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readEnvironment } from '../../config/environment.ts';

const KEY = '0123456789abcdef0123456789ABCDEF';

describe('environment', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'vestibule-environment-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const messageOf = (variables: NodeJS.ProcessEnv): string => {
    try {
      readEnvironment(root, variables);
    } catch (error) {
      return (error as Error).message;
    }
    return 'no error';
  };

  it('has a default for everything', () => {
    const { cryptKeys, ...rest } = readEnvironment(root, {});
    expect(rest).to.deep.equal({
      host: '127.0.0.1',
      port: 3000,
      baseUrl: 'http://127.0.0.1:3000',
      databaseUrl: 'sqlite:var/vestibule.sqlite',
      tablePrefix: '',
      nodeEnv: 'development',
      logLevel: 'info',
      root,
      configOverrides: {},
    });
    expect(cryptKeys).to.have.length(1);
  });

  it('makes a key on the first start, for its owner only, and keeps it', async () => {
    const { cryptKeys } = readEnvironment(root, {});
    const file = join(root, 'var', 'crypt.key');
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect((await readFile(file, 'utf8')).trim()).to.equal(cryptKeys[0]);
    expect(readEnvironment(root, {}).cryptKeys).to.deep.equal(cryptKeys);
  });

  it('makes no file where the key is given', async () => {
    expect(readEnvironment(root, { CRYPT_KEY: `${KEY} ${KEY}` }).cryptKeys).to.deep.equal([KEY, KEY]);
    expect(await stat(join(root, 'var')).catch(() => 'absent')).to.equal('absent');
  });

  it('reads .env, and lets variables overrule it; an empty variable counts as not set', async () => {
    await writeFile(join(root, '.env'), `PORT=4000\nHOST=0.0.0.0\nCRYPT_KEY="${KEY}"\nCONFIG__DEFAULT__A__B__C=x\n`);
    const read = readEnvironment(root, { PORT: '5000', HOST: '', LOG_LEVEL: 'debug' });
    expect(read).to.include({ port: 5000, host: '0.0.0.0', logLevel: 'debug', baseUrl: 'http://0.0.0.0:5000' });
    expect(read.configOverrides).to.deep.equal({ CONFIG__DEFAULT__A__B__C: 'x' });
  });

  it('keeps an override that is empty, since an empty text is a value', () => {
    const { configOverrides } = readEnvironment(root, { CRYPT_KEY: KEY, CONFIG__DEFAULT__A__B__C: '' });
    expect(configOverrides).to.deep.equal({ CONFIG__DEFAULT__A__B__C: '' });
  });

  it('takes BASE_URL without a slash at its end, and brackets an IPv6 host', () => {
    expect(readEnvironment(root, { BASE_URL: 'https://Store.example/id//' }).baseUrl).to.equal(
      'https://store.example/id',
    );
    expect(readEnvironment(root, { HOST: '::1' }).baseUrl).to.equal('http://[::1]:3000');
  });

  const wrong: [string, string][] = [
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['BASE_URL', 'store.example'],
    ['BASE_URL', 'ftp://store.example'],
    ['BASE_URL', 'https://store.example/?a=1'],
    ['BASE_URL', 'https://me:hush@store.example/'],
    ['DATABASE_TABLE_PREFIX', 'Mage-'],
    ['CRYPT_KEY', 'hush'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'staging'],
  ];
  for (const [name, value] of wrong) {
    it(`refuses ${name}=${value} in one line that names it`, () => {
      const message = messageOf({ [name]: value });
      expect(message)
        .to.match(new RegExp(`^${name}\\b[^\\n]*$`))
        .and.not.contain('hush');
    });
  }
});
