import { Clock, type Command, command, Database, UsageError } from '../../framework/index.ts';
import { Connections } from '../connection.ts';
import { readSpan } from '../span.ts';
import { type Rotated, Tokens } from '../token.ts';
import { byCommand } from './by-command.ts';
import { type ShownToken, sayToken, shownToken } from './shown-token.ts';
import { expiry } from './token.ts';

/** How long the old token may go on beside a new one. */
const overlap = { from: '0m', to: '7d', example: '24h' };

/** What a rotation came to, once it is over. */
interface RotationEnd {
  readonly works: string;
  readonly ended: string;
  /** When the token that ended was used last: somebody may still rely on it. */
  readonly endedLastUsedAt: string | null;
}

const endOf = ({ works, ended }: Rotated): RotationEnd => ({
  works: works.publicId,
  ended: ended.publicId,
  endedLastUsedAt: ended.lastUsedAt,
});

const sayEnd = ({ works, ended, endedLastUsedAt }: RotationEnd): string =>
  `The token ${works} works on; the token ${ended} is revoked${endedLastUsedAt === null ? ' and was never used' : `; it was last used ${endedLastUsedAt} UTC`}. Running servers follow within 5 seconds.`;

const rotate = command('token:rotate', {
  describe:
    'Make a new token with the rights of the present one, which keeps working for a while; or do it in steps: --start, then --complete or --cancel',
  options: {
    connection: { type: 'string', describe: 'Code of the connection', required: true },
    name: { type: 'string', describe: 'Name to know the new token by', default: 'token' },
    expires: { type: 'string', describe: 'How long the new token works, such as 90d; without it, until revoked' },
    overlap: { type: 'string', describe: 'How long the present token keeps working, 0m to 7d; 24h unless said' },
    start: { type: 'boolean', describe: 'Make the new token; both work until --complete or --cancel' },
    complete: { type: 'boolean', describe: 'End the old token of the rotation that is under way' },
    cancel: { type: 'boolean', describe: 'End the new token of the rotation that is under way; the old one goes on' },
  },
  inject: { database: Database, connections: Connections, tokens: Tokens, clock: Clock },
  run(given, { database, connections, tokens, clock }): Promise<ShownToken | RotationEnd> {
    const steps = (['start', 'complete', 'cancel'] as const).filter((step) => given[step]);
    const [step] = steps;
    if (steps.length > 1) throw new UsageError('Say one of --start, --complete and --cancel.');
    if (step && given.overlap !== undefined)
      throw new UsageError(`--overlap has no meaning with --${step}: both tokens work until the rotation is ended.`);
    const now = clock.now();
    const after = (span: number) => new Date(now.getTime() + span);
    const expiresAt = given.expires === undefined ? undefined : after(readSpan(given.expires, expiry));
    const overlapUntil = after(readSpan(given.overlap ?? '24h', overlap));
    return database.transaction(async (tx) => {
      const connection = await connections.byCode(tx, given.connection);
      if (step === 'complete') return endOf(await tokens.completeRotation(tx, connection, now, byCommand));
      if (step === 'cancel') return endOf(await tokens.cancelRotation(tx, connection, now, byCommand));
      const made = { name: given.name, expiresAt };
      if (step === 'start') return shownToken(await tokens.startRotation(tx, connection, made, now, byCommand));
      return shownToken(await tokens.rotate(tx, connection, { ...made, overlapUntil }, now, byCommand));
    });
  },
  print: (done) => ('token' in done ? sayToken(done) : sayEnd(done)),
});

/** The command that puts one token in the place of another. */
export const rotationCommands: readonly Command[] = [rotate];
