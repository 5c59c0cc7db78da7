// The floor of the benchmark: a bare Express 5 + mysql2 server that does only what no provisioning server can leave
// out. Create: a look-up, and one transaction of customer row and EAV values. Read: row and values. PATCH: lock, read,
// one UPDATE, answer with the body. No protocol, no documents, no grid, no record, no rules.
import express from 'express';
import mysql from 'mysql2/promise';

const pool = mysql.createPool({ uri: process.env.DATABASE_URL, connectionLimit: 10, dateStrings: true });
const token = process.env.FLOOR_TOKEN;
const attributeIds = JSON.parse(process.env.FLOOR_ATTRIBUTES);
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use((request, response, next) => {
  if (request.headers.authorization === `Bearer ${token}`) next();
  else response.status(401).json({ detail: 'unauthorized' });
});
app.use(express.json({ type: ['application/json', 'application/scim+json'], limit: '1mb' }));

const rowById =
  'SELECT entity_id, website_id, store_id, group_id, email, firstname, lastname, is_active, created_at, updated_at FROM customer_entity WHERE entity_id = ?';
const rowByEmail = rowById.replace('entity_id = ?', 'email = ? AND website_id = 1');
const valuesOf = 'SELECT attribute_id, value FROM customer_entity_varchar WHERE entity_id = ?';

function render(row, values) {
  const of = (code) => values.find(({ attribute_id }) => attribute_id === attributeIds[code])?.value;
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    id: String(row.entity_id),
    userName: row.email,
    name: { givenName: row.firstname, familyName: row.lastname },
    emails: [{ value: row.email, type: 'work', primary: true }],
    title: of('job_title'),
    active: row.is_active === 1,
    [enterprise]: { employeeNumber: of('employee_number'), department: of('department') },
    meta: {
      resourceType: 'User',
      created: row.created_at,
      lastModified: row.updated_at,
      location: `http://127.0.0.1/scim/v2/Users/${row.entity_id}`,
    },
  };
}

app.get('/scim/v2/Users/:id', async (request, response) => {
  const [[row]] = await pool.execute(rowById, [request.params.id]);
  if (!row) return response.status(404).json({ detail: 'unknown' });
  const [values] = await pool.execute(valuesOf, [row.entity_id]);
  response.json(render(row, values));
});

app.get('/scim/v2/Users', async (request, response) => {
  const email = /^userName eq "(.*)"$/.exec(request.query.filter)?.[1];
  const [[row]] = await pool.execute(rowByEmail, [email]);
  if (!row) return response.json({ totalResults: 0, Resources: [] });
  const [values] = await pool.execute(valuesOf, [row.entity_id]);
  response.json({ totalResults: 1, Resources: [render(row, values)] });
});

app.post('/scim/v2/Users', async (request, response) => {
  const user = request.body;
  const connection = await pool.getConnection();
  try {
    await connection.query('BEGIN');
    const [{ insertId }] = await connection.execute(
      'INSERT INTO customer_entity (website_id, store_id, group_id, email, firstname, lastname, is_active, created_in) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      [1, 1, 1, user.emails[0].value, user.name.givenName, user.name.familyName, 1, 'Default Store View'],
    );
    await connection.execute(
      'INSERT INTO customer_entity_varchar (attribute_id, entity_id, value) VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)',
      [
        [attributeIds.job_title, insertId, user.title],
        [attributeIds.employee_number, insertId, user[enterprise].employeeNumber],
        [attributeIds.department, insertId, user[enterprise].department],
      ].flat(),
    );
    await connection.query('COMMIT');
    response.status(201).json({ ...user, id: String(insertId) });
  } catch (error) {
    await connection.query('ROLLBACK');
    response.status(409).json({ detail: error.message });
  } finally {
    connection.release();
  }
});

app.patch('/scim/v2/Users/:id', async (request, response) => {
  const connection = await pool.getConnection();
  try {
    await connection.query('BEGIN');
    const [[row]] = await connection.execute(`${rowById} FOR UPDATE`, [request.params.id]);
    const [values] = await connection.execute(valuesOf, [row.entity_id]);
    const lastname = request.body.Operations[0].value;
    await connection.execute('UPDATE customer_entity SET lastname = ? WHERE entity_id = ?', [lastname, row.entity_id]);
    await connection.query('COMMIT');
    response.json(render({ ...row, lastname }, values));
  } finally {
    connection.release();
  }
});

const server = app.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
process.on('disconnect', () => process.exit(0));
