import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Administrators } from '../../modules/admin/index.ts';
import { ApiDocs, type Endpoint } from '../../modules/api-docs/index.ts';
import { Connections, storeHash } from '../../modules/connection/index.ts';
import { Customers } from '../../modules/customer/index.ts';
import { installationAt } from '../../modules/framework/host/installation.ts';
import { createTestHost, hashPassword, Inventory, sql } from '../../modules/framework/index.ts';
import { SamlCodes } from '../../modules/saml/code/code.ts';
import { ApiAccounts } from '../../modules/store-api/index.ts';
import { openMailServer } from '../mail/smtp-server.ts';
import { entityDescriptor } from '../saml/metadata/idp-document.ts';
import { sqlite } from '../setup/databases.ts';

export const password = 'Tandem-Kettle-42';

/** A host with every module that is enabled, and around it what it calls: a mail server, a receiver, an identity provider. */
export async function openStage() {
  const installation = installationAt(new URL('../../server.ts', import.meta.url).href);
  const modules = await installation.load(await installation.enabled());
  const mails = await openMailServer();
  const around = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/samlmetadata+xml');
    response.end(request.url === '/metadata' ? entityDescriptor() : '');
  });
  await new Promise<void>((resolve) => around.listen(0, '127.0.0.1', resolve));
  const neighbour = `127.0.0.1:${(around.address() as AddressInfo).port}`;
  const opened = await sqlite.open({ migrated: true });
  const host = await createTestHost({
    database: opened.database,
    modules,
    config: {
      'webhook/security/allowed_hosts': neighbour,
      'saml/security/allowed_hosts': neighbour,
      'system/smtp/transport': 'smtp',
      'system/smtp/host': '127.0.0.1',
      'system/smtp/port': String(mails.port),
      'system/smtp/encryption': 'none',
    },
  });
  const { url, told } = await host.host.listen();
  const { database } = opened;
  const passwordHash = await hashPassword(password);
  const account = { user: 'anna', email: 'anna@store.example', passwordHash, role: 'Administrators' };
  await database.transaction((tx) => host.resolve(Administrators).create(tx, account, new Date()));
  // Before anybody speaks SCIM: what a token may do is remembered for seconds.
  const policy = { guardPercent: 1, guardAtLeast: 1, guardMost: 1 };
  const connection = await database.transaction((tx) =>
    host.resolve(Connections).change(tx, 'default', { match: 'ask', policy }),
  );
  const { credentials } = await database.transaction((tx) =>
    host.resolve(ApiAccounts).create(tx, connection, { name: 'Import' }, new Date()),
  );
  const endpoints: readonly Endpoint[] = host.resolve(ApiDocs).endpoints();
  return {
    host,
    url,
    neighbour: `http://${neighbour}`,
    endpoints,
    inventory: host.resolve(Inventory),
    scimToken: told.find(({ label }) => label === 'SCIM bearer token')?.value ?? '',
    storeHash: storeHash(connection.id),
    accountToken: credentials.accessToken,
    /** A customer as the storefront makes one; the number. */
    shopper: (email: string): Promise<number> =>
      database.transaction((tx) =>
        host
          .resolve(Customers)
          .create(tx, { websiteId: 1, attributes: { email, firstname: 'Sam', lastname: 'Shopper' } }, new Date()),
      ),
    /** All customers have been there for long. */
    async age() {
      await database.run(sql`UPDATE {customer_entity} SET created_at = '2020-01-01 00:00:00'`);
    },
    /** A code as a login leaves one for the storefront. */
    code: (connection: string, customerId: number, redirect: string): Promise<string> =>
      database.transaction(async (tx) => {
        const { id } = await host.resolve(Connections).byCode(tx, connection);
        return host.resolve(SamlCodes).issue(tx, { connectionId: id, customerId, redirect }, new Date());
      }),
    async close() {
      await host.close();
      await opened.dispose();
      await mails.close();
      await new Promise((resolve) => around.close(resolve));
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;
