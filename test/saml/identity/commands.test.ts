import { expect } from 'chai';
import { sql, sqlTimestamp } from '../../../modules/framework/index.ts';
import { digestOf } from '../../../modules/saml/identity/memory.ts';
import { type CommandLine, openCommandLine } from '../../setup/command-line.ts';

describe('saml:agreement and saml:unlink', () => {
  let line: CommandLine;
  let customer: number;
  const at = sqlTimestamp(new Date('2026-05-06T12:00:00Z'));
  before(async () => {
    line = await openCommandLine();
    await line.json('connection:create', '--code', 'okta', '--name', 'Okta');
    await line.json('connection:create', '--code', 'idle', '--name', 'Idle');
    customer = await line.onDatabase((database) =>
      database.transaction(async (tx) => {
        const connection = await tx.first<{ id: number }>(
          sql`SELECT connection_id AS id FROM {vestibule_connection} WHERE code = ${'okta'}`,
        );
        const { insertId } = await tx.run(
          sql`INSERT INTO {customer_entity} (website_id, email, firstname, lastname) VALUES (1, ${'ann@example.com'}, ${'Ann'}, ${'Smith'})`,
        );
        const id = Number(connection?.id);
        await tx.run(
          sql`INSERT INTO {vestibule_user} (customer_id, connection_id, user_name_key) VALUES (${insertId}, ${id}, ${'=ann'})`,
        );
        await tx.run(
          sql`INSERT INTO {vestibule_user_document} (customer_id, connection_id, modified_at, document, shadow) VALUES (${insertId}, ${id}, ${at}, ${'{"userName":"=ann"}'}, ${'{}'})`,
        );
        await tx.run(
          sql`INSERT INTO {vestibule_saml_identity} (connection_id, identifier_digest, identifier, customer_id, said, wrote, first_at, last_at) VALUES (${id}, ${digestOf('=ann')}, ${'=ann'}, ${insertId}, ${'{"userName":"annie, A."}'}, ${'{}'}, ${at}, ${at})`,
        );
        return insertId;
      }),
    );
  });
  after(() => line.close());

  it('tell who does not agree, to people, to programs and to spreadsheets', async () => {
    const row = {
      customerId: customer,
      userId: String(customer),
      identifier: '=ann',
      kind: 'user-name',
      scim: '=ann',
      saml: 'annie, A.',
    };
    const { rows, ...counts } = await line.json<{ rows: unknown[] }>('saml:agreement', '--connection', 'okta');
    expect(counts).to.deep.equal({ connection: 'okta', identities: 1, disagreements: 1 });
    expect(rows).to.deep.equal([{ ...row, lastSignInAt: at }]);
    const { out } = await line.run('saml:agreement', '--connection', 'okta');
    expect(out)
      .to.contain(`SCIM's userName is "=ann", SAML says "annie, A."`)
      .and.to.contain('1 disagreements among 1');
    const csv = (await line.run('saml:agreement', '--connection', 'okta', '--csv')).out.split('\r\n');
    expect(csv[0]).to.equal('"customer_id","scim_id","identifier","kind","scim","saml","last_sign_in"');
    expect(csv[1]).to.equal(`"${customer}","${customer}","'=ann","user-name","'=ann","annie, A.","${at}"`);
    expect(csv.slice(2)).to.deep.equal(['']);
  });

  it('say that nobody has signed in, and refuse what is none', async () => {
    expect((await line.run('saml:agreement', '--connection', 'idle')).out).to.contain('Nobody has signed in');
    expect(await line.run('saml:agreement', '--connection', 'nope')).to.include({ code: 1 });
    expect(await line.run('saml:agreement', '--connection', 'okta', '--csv', '--json')).to.include({ code: 2 });
    expect(await line.run('saml:unlink', '--connection', 'okta', 'ann')).to.include({ code: 2 });
  });

  it('forget a link once', async () => {
    const unlink = () => line.json('saml:unlink', '--connection', 'okta', String(customer));
    expect(await unlink()).to.deep.equal({ connection: 'okta', customer, forgotten: 1 });
    expect(await unlink()).to.include({ forgotten: 0 });
    expect((await line.run('saml:unlink', '--connection', 'okta', String(customer))).out).to.contain('never signed in');
  });
});
