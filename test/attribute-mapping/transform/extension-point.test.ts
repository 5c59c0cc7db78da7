import { expect } from 'chai';
import { Transforms } from '../../../modules/attribute-mapping/index.ts';
import attributeMapping from '../../../modules/attribute-mapping/module.ts';
import { contribute, createTestHost, defineModule, provide, service } from '../../../modules/framework/index.ts';

const Names = service<readonly string[]>('loyalty.Names');

const loyalty = defineModule({
  name: 'loyalty',
  version: '1.0.0',
  sequence: ['attribute-mapping'],
  contributes: [
    contribute(Transforms, {}, () => ({
      name: 'tier',
      label: 'Loyalty tier',
      description: 'The tier of a number of points.',
      options: { type: 'object', additionalProperties: false },
      example: { options: {}, from: 1200, to: 'gold' },
      prepare: () => ({ apply: (value) => (Number(value) > 1000 ? 'gold' : 'silver') }),
    })),
  ],
  provides: [provide(Names, { transforms: Transforms }, ({ transforms }) => transforms.map(({ name }) => name))],
});

describe('the extension point of transforms', () => {
  it("holds the host's own and those of other modules", async () => {
    const host = await createTestHost({ modules: [attributeMapping, loyalty] });
    const names = host.resolve(Names);
    await host.close();
    expect(names).to.include.members(['lower', 'phone', 'tier']);
    expect(new Set(names).size).to.equal(names.length);
  });
});
