import { type Encryptor, type Executor, sql } from '../../framework/index.ts';

/** What Magento has encrypted: enough of it to know its keys by. */
const most = 20;
const current = /^\d{1,9}:3:[A-Za-z0-9+/]+={0,2}$/;

export interface KeySample {
  /** Values that were looked at. */
  readonly tried: number;
  readonly read: number;
}

/** Tries the keys at hand on secrets that Magento has encrypted. No secret leaves this function. */
export async function sampleKeys(database: Executor, encryptor: Encryptor): Promise<KeySample> {
  const settings = await database.all<{ value: string }>(
    sql`SELECT value FROM {core_config_data} WHERE value LIKE ${'%:3:%'} LIMIT ${most}`,
  );
  const tokens = await database.all<{ value: string }>(
    sql`SELECT secret AS value FROM {oauth_token} WHERE secret LIKE ${'%:3:%'} ORDER BY entity_id DESC LIMIT ${most}`,
  );
  const stored = [...settings, ...tokens].map(({ value }) => value).filter((value) => current.test(value));
  return { tried: stored.length, read: stored.filter((value) => isReadable(encryptor, value)).length };
}

function isReadable(encryptor: Encryptor, stored: string): boolean {
  try {
    encryptor.decrypt(stored);
    return true;
  } catch {
    return false;
  }
}
