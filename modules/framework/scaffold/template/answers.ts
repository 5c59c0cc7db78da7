import { type Executor, sql, type Transaction } from 'vestibule/framework';

/** What the table holds for a subject. Names in braces get the table prefix. */
export async function storedAnswer(database: Executor, subject: string): Promise<string | undefined> {
  const row = await database.first<{ answer: string }>(
    sql`SELECT answer FROM {vestibule_sample_room} WHERE subject = ${subject}`,
  );
  return row?.answer;
}

/** Keeps an answer; the subject's old one goes. */
export async function storeAnswer(tx: Transaction, subject: string, answer: string): Promise<void> {
  await tx.run(sql`DELETE FROM {vestibule_sample_room} WHERE subject = ${subject}`);
  await tx.run(sql`INSERT INTO {vestibule_sample_room} (subject, answer) VALUES (${subject}, ${answer})`);
}
