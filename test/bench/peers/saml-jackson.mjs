// @boxyhq/saml-jackson (directory sync) behind the barest HTTP: it ships a handler for SCIM requests, not a server.
// Its store is the MariaDB of the bench, through TypeORM.
import jackson from '@boxyhq/saml-jackson';
import express from 'express';

const quiet = () => {};
const { directorySyncController } = await jackson.controllers({
  externalUrl: 'http://127.0.0.1',
  samlPath: '/saml',
  scimPath: '/scim/v2',
  noAnalytics: true,
  db: { engine: 'sql', type: 'mariadb', url: process.env.DATABASE_URL, pageLimit: 1000 },
  // Nobody listens for its events; without a callback it would still look for subscribers.
  dsync: { callback: async () => {} },
  logger: { info: quiet, warn: quiet, error: console.error },
});
const { data: directory, error } = await directorySyncController.directories.create({
  tenant: 'bench',
  product: 'bench',
  name: 'Bench',
  type: 'generic-scim-v2',
});
if (error) throw new Error(error.message);

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use(express.json({ type: ['application/json', 'application/scim+json'], limit: '1mb' }));
app.all(['/scim/v2/:type', '/scim/v2/:type/:id'], async (request, response) => {
  const { startIndex, count, filter } = request.query;
  const { status, data } = await directorySyncController.requests.handle({
    method: request.method,
    body: request.body,
    directoryId: directory.id,
    resourceType: request.params.type.toLowerCase(),
    resourceId: request.params.id,
    apiSecret: request.headers.authorization?.replace('Bearer ', ''),
    query: {
      startIndex: startIndex === undefined ? undefined : Number(startIndex),
      count: count === undefined ? undefined : Number(count),
      filter,
    },
  });
  response.status(status).json(data);
});

const server = app.listen(0, '127.0.0.1', () =>
  process.send({ url: `http://127.0.0.1:${server.address().port}`, token: directory.scim.secret }),
);
process.on('disconnect', () => process.exit(0));
