import { enterprise, render, selectRow } from './render.mjs';

const rowById = `${selectRow} WHERE entity_id = ?`;
const rowByEmail = `${selectRow} WHERE email = ? AND website_id = 1`;
const valuesOf = 'SELECT attribute_id, value FROM customer_entity_varchar WHERE entity_id = ?';

/** Read, look up by userName, create and PATCH a user. */
export function users(app, { pool, attributeIds }) {
  app.get('/scim/v2/Users/:id', async (request, response) => {
    const [[row]] = await pool.execute(rowById, [request.params.id]);
    if (!row) return response.status(404).json({ detail: 'unknown' });
    const [values] = await pool.execute(valuesOf, [row.entity_id]);
    response.json(render(row, values, attributeIds));
  });

  app.get('/scim/v2/Users', async (request, response) => {
    const email = /^userName eq "(.*)"$/.exec(request.query.filter)?.[1];
    const [[row]] = await pool.execute(rowByEmail, [email]);
    if (!row) return response.json({ totalResults: 0, Resources: [] });
    const [values] = await pool.execute(valuesOf, [row.entity_id]);
    response.json({ totalResults: 1, Resources: [render(row, values, attributeIds)] });
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
      await connection.execute('UPDATE customer_entity SET lastname = ? WHERE entity_id = ?', [
        lastname,
        row.entity_id,
      ]);
      await connection.query('COMMIT');
      response.json(render({ ...row, lastname }, values, attributeIds));
    } finally {
      connection.release();
    }
  });
}
