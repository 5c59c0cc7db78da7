import type { Activities } from '../../activity/index.ts';
import { sqlTimestamp, type Transaction } from '../../framework/index.ts';
import { type Connection, ConnectionError } from '../connection.ts';
import type { Tokens } from '../token.ts';
import { activeTokens } from '../token-rows.ts';
import type { SetupLink, SetupLinks } from './setup-link.ts';

/**
 * Makes the one token that a setup link gives. Where a token works already, a rotation begins: both work until somebody
 * completes or cancels it, because an identity administrator must not be able to end what is in use.
 *
 * @throws ConnectionError `SETUP_LINK_OVER` where it was made already, `TOKEN_LIMIT` where two tokens work
 */
export async function makeSetupToken(
  tx: Transaction,
  room: { readonly links: SetupLinks; readonly tokens: Tokens; readonly activities: Activities },
  given: { readonly link: SetupLink; readonly connection: Connection; readonly actor: string; readonly now: Date },
): Promise<{ text: string; rotates: boolean }> {
  const { link, connection, actor, now } = given;
  const active = await activeTokens(tx, connection, sqlTimestamp(now));
  if (active.length > 1)
    throw new ConnectionError(
      'TOKEN_LIMIT',
      `Two tokens of this connection work already, and there can be no third. Ask ${link.createdBy} to end one of them, then make yours.`,
    );
  const rotates = active.length === 1;
  const name = `made by ${link.name}`.slice(0, 255);
  const { text, token } = rotates
    ? await room.tokens.startRotation(tx, connection, { name }, now)
    : await room.tokens.issue(tx, connection, { name }, now);
  if (!(await room.links.tokenMade(tx, link, token.publicId)))
    throw new ConnectionError(
      'SETUP_LINK_OVER',
      `A token was made with this link already, or the link was taken back. Ask ${link.createdBy} for a new link.`,
    );
  room.activities.record(tx, {
    at: now,
    operation: 'setup-link.token',
    outcome: 'done',
    status: 201,
    connectionId: connection.id,
    subject: `vsb_${token.publicId}_…`,
    actor,
    notes: [
      rotates
        ? 'A token was made with a setup link; the one before it goes on until the rotation is completed.'
        : 'A token was made with a setup link.',
    ],
  });
  return { text, rotates };
}
