import { render, selectRow } from './render.mjs';

const byOffset = `${selectRow} ORDER BY entity_id LIMIT ? OFFSET ?`;
const byKey = `${selectRow} WHERE entity_id > ? ORDER BY entity_id LIMIT ?`;
// Counting 100,000 customers costs more than a page; a server that counts once in a while is the harder floor.
const totalLivesMs = 5000;

/** A page of users, by startIndex (OFFSET) or by cursor (the last id). A filter is somebody else's. */
export function pages(app, { pool, attributeIds }) {
  let counted = { total: 0, until: 0 };
  async function total() {
    if (counted.until < Date.now()) {
      const [[{ n }]] = await pool.execute('SELECT COUNT(*) AS n FROM customer_entity');
      counted = { total: n, until: Date.now() + totalLivesMs };
    }
    return counted.total;
  }

  async function resources(rows) {
    if (rows.length === 0) return [];
    const marks = rows.map(() => '?').join(',');
    const [values] = await pool.execute(
      `SELECT entity_id, attribute_id, value FROM customer_entity_varchar WHERE entity_id IN (${marks})`,
      rows.map((row) => row.entity_id),
    );
    const byEntity = new Map(rows.map((row) => [row.entity_id, []]));
    for (const value of values) byEntity.get(value.entity_id).push(value);
    return rows.map((row) => render(row, byEntity.get(row.entity_id), attributeIds));
  }

  app.get('/scim/v2/Users', async (request, response, next) => {
    const { filter, startIndex, cursor } = request.query;
    if (filter !== undefined) return next();
    const count = Number(request.query.count ?? 100);
    // mysql2 binds numbers as doubles, which LIMIT refuses.
    const [rows] =
      count === 0
        ? [[]]
        : cursor === undefined
          ? await pool.execute(byOffset, [String(count), String(Number(startIndex ?? 1) - 1)])
          : await pool.execute(byKey, [cursor === '' ? 0 : Number(cursor), String(count)]);
    response.json({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: await total(),
      itemsPerPage: rows.length,
      ...(cursor === undefined
        ? { startIndex: Number(startIndex ?? 1) }
        : rows.length === count
          ? { nextCursor: String(rows.at(-1).entity_id) }
          : {}),
      Resources: await resources(rows),
    });
  });
}
