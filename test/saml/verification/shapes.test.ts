import { expect } from 'chai';
import { createAssertionVerifier } from '../../../modules/saml/verification/verify-assertion.ts';
import { forge } from '../idp/forge.ts';
import { samlProvider } from '../idp/provider.ts';
import { fieldOfShape, shapes } from '../idp/shapes.ts';

const now = new Date('2024-05-06T12:00:00.000Z');
const verifier = createAssertionVerifier();

describe('valid responses', () => {
  for (const shape of shapes)
    it(`accepts ${shape.name}`, async () => {
      const provider = samlProvider(shape.provider);
      const response = fieldOfShape(shape, { provider, now, inResponseTo: '_request' });
      const verified = await verifier.verify({ provider, response, now });
      expect(verified.nameId.value).to.equal('ada@example.com');
      expect(verified.inResponseTo).to.equal(shape.unasked ? undefined : '_request');
      expect(verified.encrypted).to.equal(shape.forgery?.encrypt !== undefined);
      const wanted = shape.forgery?.assertion?.attributes ?? [{ name: 'email', values: ['ada@example.com'] }];
      const values = wanted.flatMap(({ name }) => verified.attributes.get(name) ?? []);
      const said = wanted.flatMap((attribute) => attribute.values).filter((value) => value !== 'x');
      expect(values).to.include.members(said);
    });

  it('are read as they were signed, in canonical notation', async () => {
    const provider = samlProvider();
    const attributes = [{ name: 'Role', friendlyName: 'role', values: ['buyer'] }];
    for (const sign of ['response', 'assertion'] as const) {
      const { field, xml } = forge({ provider, now, sign, inResponseTo: '_request', assertion: { attributes } });
      expect(xml).to.contain('Name="Role" FriendlyName="role"');
      const verified = await verifier.verify({ provider, response: field, now });
      expect(verified.xml, sign).to.contain('FriendlyName="role" Name="Role"');
    }
  });

  it('are twenty shapes or more', () => {
    expect(shapes.length).to.be.at.least(20);
  });
});
