import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { announcement } from '../../../modules/framework/index.ts';
import { environment } from '../kernel.ts';

const told = [
  { label: 'SCIM base URL', value: 'http://store.example/scim/v2' },
  { label: 'Token', value: 'hush' },
];

describe('what a start says', () => {
  it('is the URL alone on every later start', () => {
    expect(announcement(environment(), [])).to.equal('Vestibule listens: http://vestibule.test\n');
  });

  it('is on the first start everything that was told', () => {
    const text = announcement(environment({ nodeEnv: 'development' }), told);
    expect(text).to.contain('SCIM base URL:  http://store.example/scim/v2\nToken:          hush\n');
  });

  it('goes in production into a file that only its owner reads', async () => {
    const root = await mkdtemp(join(tmpdir(), 'vestibule-announce-'));
    const file = join(root, 'var', 'first-start.txt');
    await mkdir(join(root, 'var'));
    await writeFile(file, 'left from before', { mode: 0o644 });
    const text = announcement(environment({ nodeEnv: 'production', root }), told);
    expect(text).to.contain('var/first-start.txt').and.not.contain('hush');
    expect(await readFile(file, 'utf8'))
      .to.contain('hush')
      .and.not.contain('before');
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    await rm(root, { recursive: true });
  });
});
