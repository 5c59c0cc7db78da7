import { connect } from '../../../../modules/framework/database/connect.ts';
import { sql } from '../../../../modules/framework/database/sql.ts';

// A process of its own: inserts <count> rows named after <letter>, half of them in transactions.
const [file, letter, count] = process.argv.slice(2);
const database = await connect({ url: `sqlite:${file}` });
for (let index = 0; index < Number(count); index++) {
  const insert = sql`INSERT INTO {t} VALUES (${`${letter}${index}`})`;
  if (index % 2 === 0) await database.run(insert);
  else await database.transaction((tx) => tx.run(insert));
}
await database.close();
