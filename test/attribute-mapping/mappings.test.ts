import { expect } from 'chai';
import { ExpressionsPending, type MappingDocument, presetFor } from '../../modules/attribute-mapping/index.ts';
import { type Connection, openPolicy } from '../../modules/connection/index.ts';
import { connection, mappingsOver } from './mapping-under-test.ts';

const document: MappingDocument = {
  version: 1,
  rows: [{ id: 'vat', type: 'expression', expression: '"DE" & title', target: 'taxvat' }],
};

describe('The mappings of all connections', () => {
  const mappings = mappingsOver(() => []);

  it('are compiled once for all that have the same, and anew where passwords are taken or the version is another', () => {
    const of = (more: Partial<Connection>) => mappings.of({ ...connection, ...more });
    expect(of({ id: 1, code: 'a' })).to.equal(of({ id: 2, code: 'b' }));
    expect(of({ profile: 'okta' })).to.equal(of({ profile: 'entra' }));
    expect(of({ profile: 'okta' })).to.not.equal(of({ profile: 'interop-strict' }));
    const taking = of({ policy: { ...openPolicy, passwords: true } });
    expect(taking).to.not.equal(of({}));
    expect(taking.resourceType().schema.byName.get('password')?.announced).to.equal(true);
    expect(of({}).resourceType().schema.byName.get('password')?.announced).to.equal(false);
    expect(mappings.compiled(connection, presetFor('generic'), 3).version).to.equal(3);
    expect(of({}).version).to.equal(0);
  });

  it('map nobody whose expressions were not evaluated before, and say whose', async () => {
    const user = { userName: 'x', title: '1' };
    const mapping = mappings.compiled(connection, document);
    const pending = await mappings.toCustomer(user, { connection, mapping }).catch((error: unknown) => error);
    expect(pending).to.be.instanceOf(ExpressionsPending);
    expect((pending as ExpressionsPending).document).to.equal(user);
    const { attributes } = await mappings.toCustomer(user, { connection, mapping, computed: { vat: 'DE1' } });
    expect(attributes.taxvat).to.equal('DE1');
    expect((await mappings.toCustomer(user, { connection })).attributes).to.include({ job_title: '1' });
  });
});
