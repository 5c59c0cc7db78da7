import { sql, type Transaction } from '../../../framework/index.ts';

/** When a lane is due that is held: the last moment that a Date knows. */
export const never = 8_640_000_000_000_000;

/** Holds every lane, whoever had claimed it: those who had are of another life of this database. */
export async function holdLanes(tx: Transaction): Promise<void> {
  await tx.run(sql`UPDATE {vestibule_webhook_lane} SET claim = NULL, next_ms = ${never}`);
}
