const tables = [
  'CREATE TABLE IF NOT EXISTS floor_group (group_id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, display_name VARCHAR(255) NOT NULL)',
  'CREATE TABLE IF NOT EXISTS floor_group_member (group_id INT UNSIGNED NOT NULL, customer_id INT UNSIGNED NOT NULL, PRIMARY KEY (group_id, customer_id), KEY (customer_id, group_id))',
];

/** Create a group, and add members to it; one that stands for a customer group moves them there. */
export async function groups(app, { pool }) {
  for (const table of tables) await pool.query(table);

  app.post('/scim/v2/Groups', async (request, response) => {
    const [{ insertId }] = await pool.execute('INSERT INTO floor_group (display_name) VALUES (?)', [
      request.body.displayName,
    ]);
    response.status(201).json({ ...request.body, id: String(insertId) });
  });

  app.patch('/scim/v2/Groups/:id', async (request, response) => {
    const group = Number(request.params.id);
    const ids = request.body.Operations[0].value.map(({ value }) => Number(value)).sort((a, b) => a - b);
    const connection = await pool.getConnection();
    try {
      await connection.query('BEGIN');
      const [[{ display_name: name }]] = await connection.execute(
        'SELECT display_name FROM floor_group WHERE group_id = ? FOR UPDATE',
        [group],
      );
      await connection.execute(
        `INSERT IGNORE INTO floor_group_member (group_id, customer_id) VALUES ${ids.map(() => '(?, ?)').join(', ')}`,
        ids.flatMap((id) => [group, id]),
      );
      if (name.startsWith('Mapped '))
        await connection.execute(
          `UPDATE customer_entity SET group_id = ? WHERE entity_id IN (${ids.map(() => '?').join(',')})`,
          [group % 3, ...ids],
        );
      await connection.query('COMMIT');
      response.status(204).end();
    } finally {
      connection.release();
    }
  });
}
