import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { manifestWith } from '../../../modules/framework/scaffold/manifest.ts';
import { renamed } from '../../../modules/framework/scaffold/name.ts';
import { partNames, parts } from '../../../modules/framework/scaffold/part.ts';

const template = readFileSync(
  new URL('../../../modules/framework/scaffold/template/module.ts', import.meta.url),
  'utf8',
);

describe('the manifest of a new module', () => {
  it('is the template where every part is wanted', () => {
    expect(manifestWith(template, partNames)).to.equal(template);
  });

  it('without parts names a service and nothing else', () => {
    expect(manifestWith(template, []).split('\n')).to.deep.equal([
      "import { defineModule } from 'vestibule/framework';",
      "import { provided } from './service.ts';",
      '',
      'export default defineModule({',
      "  name: 'sample-room',",
      "  version: '0.1.0',",
      "  host: '^1',",
      '  provides: [provided],',
      '});',
      '',
    ]);
  });

  for (const part of partNames)
    it(`with ${part} imports the files that come with it, and names each import once more`, () => {
      const manifest = manifestWith(template, [part]);
      const imported = [...manifest.matchAll(/import \{ (\w+) \} from '\.\/(.+)';/g)];
      const files = imported.map(([, , file]) => file).filter((file) => file !== 'service.ts');
      for (const file of files) expect(parts[part].files).to.include(file);
      expect(files.length).to.equal(part === 'migration' ? 0 : 1);
      for (const [, name] of imported) expect(manifest).to.contain(`: [${name}],\n`);
      expect(manifest.includes('migrations:')).to.equal(part === 'migration');
    });

  it('keeps what two parts share as long as one of them is wanted', () => {
    expect(manifestWith(template, ['page']))
      .to.contain("'sample-room::view'")
      .and.not.contain("'sample-room::config'");
    expect(manifestWith(template, ['mapping-transform', 'observer'])).to.contain("['attribute-mapping', 'customer']");
  });
});

describe('the name of a new module', () => {
  it('takes the place of the sample in every form', () => {
    expect(
      renamed('sample-room SampleRoom sample_room Sample Room Sample room sample room', 'loyalty-tier-2'),
    ).to.equal('loyalty-tier-2 LoyaltyTier2 loyalty_tier_2 Loyalty Tier 2 Loyalty tier 2 loyalty tier 2');
  });
});
