import { type Clock, type Database, type Logger, sql, sqlTimestamp } from '../framework/index.ts';
import type { Origin } from './verification.ts';

const writtenEvery = 60_000;

interface Use {
  origin: Origin;
  at: Date;
  writtenAt: number;
  dirty: boolean;
}

/** Notes the last use of tokens, and writes it at most once a minute per token: never on a request's way. */
export function lastUses(database: Database, clock: Clock, logger: Logger) {
  const uses = new Map<number, Use>();
  let writing = Promise.resolve();

  /** Never rejects. One write follows the other, so that the last one ends after all that were begun. */
  function flush(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  async function write(): Promise<void> {
    const now = clock.now().getTime();
    for (const [tokenId, use] of uses) {
      if (!use.dirty) continue;
      use.dirty = false;
      use.writtenAt = now;
      try {
        await database.run(
          sql`UPDATE {vestibule_connection_token} SET last_used_at = ${sqlTimestamp(use.at)}, last_used_address = ${use.origin.address ?? null}, last_used_agent = ${use.origin.agent?.slice(0, 255) ?? null} WHERE token_id = ${tokenId}`,
        );
      } catch (error) {
        logger.warn({ err: error }, 'the "last used" of a token could not be written');
      }
    }
  }

  return {
    mark(tokenId: number, origin: Origin, now: Date): void {
      let use = uses.get(tokenId);
      if (!use) {
        use = { origin, at: now, writtenAt: 0, dirty: true };
        uses.set(tokenId, use);
      }
      use.origin = origin;
      use.at = now;
      use.dirty = true;
      if (now.getTime() - use.writtenAt < writtenEvery) return;
      use.writtenAt = now.getTime();
      void flush();
    },
    flush,
  };
}
