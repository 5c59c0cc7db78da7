// The floor of the benchmark: a bare Express 5 + mysql2 server that does only what no provisioning server can leave
// out. Create: a look-up, and one transaction of customer row and EAV values. Read: row and values. PATCH: lock, read,
// one UPDATE, answer with the body. Page: rows by OFFSET, their values, the list. Group: lock, INSERT IGNORE, 204.
// No protocol, no documents, no grid, no record, no rules.
import express from 'express';
import mysql from 'mysql2/promise';
import { groups } from './group.mjs';
import { pages } from './page.mjs';
import { users } from './user.mjs';

const token = 'floor-token';
const floor = {
  pool: mysql.createPool({ uri: process.env.DATABASE_URL, connectionLimit: 10, dateStrings: true }),
  attributeIds: JSON.parse(process.env.FLOOR_ATTRIBUTES),
};

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use((request, response, next) => {
  if (request.headers.authorization === `Bearer ${token}`) next();
  else response.status(401).json({ detail: 'unauthorized' });
});
app.use(express.json({ type: ['application/json', 'application/scim+json'], limit: '1mb' }));
pages(app, floor);
users(app, floor);
await groups(app, floor);

const server = app.listen(0, '127.0.0.1', () =>
  process.send({ url: `http://127.0.0.1:${server.address().port}`, token }),
);
process.on('disconnect', () => process.exit(0));
