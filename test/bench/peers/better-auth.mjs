// better-auth with its SCIM plugin on plain node:http, as its documentation mounts it. Its store is the MariaDB of the
// bench, through Kysely and mysql2.
import { createServer } from 'node:http';
import { scim } from '@better-auth/scim';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { createPool } from 'mysql2/promise';

const token = 'better-auth-bench-token-of-more-than-32-characters';
const options = {
  baseURL: 'http://127.0.0.1',
  secret: 'bench-secret-of-more-than-thirty-two-characters',
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  logger: { disabled: true },
  database: createPool({ uri: process.env.DATABASE_URL, connectionLimit: 10, timezone: 'Z' }),
  plugins: [scim({ connections: [{ id: 'bench', credentials: [{ type: 'bearer', id: 'bench', token }] }] })],
};
const { runMigrations } = await getMigrations(options);
await runMigrations();

const server = createServer(toNodeHandler(betterAuth(options)));
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}/api/auth`, token }));
process.on('disconnect', () => process.exit(0));
