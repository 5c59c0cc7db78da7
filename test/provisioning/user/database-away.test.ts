import { expect } from 'chai';
import mysql from 'mysql2/promise';
import { connect } from '../../../modules/framework/index.ts';
import { type MariadbServer, startMariadb } from '../../setup/mariadb.ts';
import { openHost, type ScimHost } from '../host.ts';

describe('A database that goes away on mysql', () => {
  let server: MariadbServer;
  let host: ScimHost;
  let close: () => Promise<void>;

  before(async function () {
    this.timeout(60_000);
    server = await startMariadb();
    const admin = await mysql.createConnection({ uri: server.url });
    await admin.query('CREATE DATABASE away CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci');
    await admin.end();
    const url = `${server.url}/away`;
    const database = await connect({ url });
    close = () => database.close();
    host = await openHost(
      { name: 'mysql', open: () => Promise.reject(new Error('unused')) },
      { database: { url, database, dispose: close } },
    );
  });
  after(async () => {
    await host.close();
    await close();
    await server.stop();
  });

  it('is answered with 503 in SCIM’s words, for reads and writes; once it is back, so is everything', async function () {
    this.timeout(60_000);
    const id = await host.scim.create({ userName: 'before@example.com' });
    await server.kill();
    const answers = await Promise.all([
      host.scim.get(`/Users/${id}`),
      host.scim.find('userName eq "before@example.com"'),
      host.scim.post({ userName: 'meanwhile@example.com' }),
      host.scim.patch(id, { op: 'add', path: 'title', value: 'x' }),
      host.scim.put(id, { userName: 'x' }),
      host.scim.delete(id),
    ]);
    for (const { status, headers, json, text } of answers) {
      expect([status, json.status], text).to.deep.equal([503, '503']);
      expect(json.schemas).to.deep.equal(['urn:ietf:params:scim:api:messages:2.0:Error']);
      expect(headers.get('retry-after')).to.match(/^\d+$/);
    }
    expect((await host.scim.get('/ServiceProviderConfig')).status).to.equal(200);
    await server.restart();
    expect((await host.scim.get(`/Users/${id}`)).json.userName).to.equal('before@example.com');
    expect((await host.scim.find('userName eq "meanwhile@example.com"')).json.totalResults).to.equal(0);
    expect((await host.scim.post({ userName: 'meanwhile@example.com' })).status).to.equal(201);
  });
});
