import { Connections } from '../../connection/index.ts';
import { type Command, command, csvCell, Database, UsageError } from '../../framework/index.ts';
import { Agreements, type Disagreement } from './agreement.ts';
import { SamlIdentities } from './identities.ts';

const connection = { type: 'string', describe: 'Code of the connection', required: true } as const;

const line = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

const csvHead = line(['customer_id', 'scim_id', 'identifier', 'kind', 'scim', 'saml', 'last_sign_in']);

const csvLine = (row: Disagreement): string =>
  line([row.customerId, row.userId, row.identifier, row.kind, row.scim, row.saml, row.lastSignInAt]);

const sentences: Readonly<Record<Disagreement['kind'], (row: Disagreement) => string>> = {
  'user-name': ({ scim, saml }) => `SCIM's userName is "${scim}", SAML says "${saml}"`,
  email: ({ scim, saml }) => `SCIM's main address is "${scim}", SAML says "${saml}"`,
  'external-id': ({ scim, saml }) => `SCIM's externalId is "${scim}", SAML says "${saml}"`,
  identifier: ({ scim }) => `nothing of SCIM's is the identifier; SCIM tells the user by "${scim}"`,
  'other-user': ({ scim }) => `the identifier means customer ${scim} by SCIM`,
  several: ({ scim }) => `"${scim}" signs in as the same user`,
};

const printed = (row: Disagreement): string =>
  `${row.userId}  "${row.identifier}": ${sentences[row.kind](row)} (last sign-in ${row.lastSignInAt} UTC)`;

const agreement = command('saml:agreement', {
  describe: 'Compare what SAML and SCIM say of who the people of a connection are',
  options: { connection, csv: { type: 'boolean', describe: 'Comma-separated values (RFC 4180)', default: false } },
  inject: { database: Database, connections: Connections, agreements: Agreements },
  async run(given, { database, connections, agreements }, io) {
    if (given.csv && io.json) throw new UsageError('Choose one of --csv and --json.');
    const of = await connections.byCode(database, given.connection);
    const rows: Disagreement[] = [];
    let [identities, disagreements] = [0, 0];
    if (given.csv) io.write(csvHead);
    for await (const page of agreements.walk(database, of)) {
      identities += page.seen;
      disagreements += page.rows.length;
      if (io.json) rows.push(...page.rows);
      else io.write(page.rows.map((row) => (given.csv ? csvLine(row) : `${printed(row)}\n`)).join(''));
    }
    return { connection: of.code, identities, disagreements, rows };
  },
  print({ connection: code, identities, disagreements }, { csv }) {
    if (csv) return undefined;
    if (identities === 0) return `Nobody has signed in through "${code}" by SAML yet.`;
    return disagreements === 0
      ? `SAML and SCIM agree on all ${identities} people who have signed in through "${code}".`
      : `${disagreements} disagreements among ${identities} people who have signed in through "${code}".`;
  },
});

function customerId(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no id of a customer; saml:agreement shows them.`);
}

const unlink = command('saml:unlink', {
  describe: 'Forget by which identifier a customer signs in; the next sign-in looks for the person anew',
  options: {
    connection,
    customer: { type: 'string', describe: 'Id of the customer', required: true, position: 0 },
  },
  inject: { database: Database, connections: Connections, identities: SamlIdentities },
  async run(given, { database, connections, identities }) {
    const of = await connections.byCode(database, given.connection);
    const customer = customerId(given.customer);
    const forgotten = await database.transaction((tx) => identities.forget(tx, of.id, customer));
    return { connection: of.code, customer, forgotten };
  },
  print: ({ connection: code, customer, forgotten }) =>
    forgotten === 0
      ? `Customer ${customer} has never signed in through "${code}" by SAML.`
      : `Customer ${customer} is linked to no identifier of "${code}" any more.`,
});

/** Commands about who signs in as which user. */
export const identityCommands: readonly Command[] = [agreement, unlink];
