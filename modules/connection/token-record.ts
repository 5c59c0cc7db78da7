import type { Activities } from '../activity/index.ts';
import { sqlTimestamp, type Transaction } from '../framework/index.ts';
import type { Connection } from './connection.ts';
import type { BearerToken, Tokens } from './token.ts';

/** A token as a record names it: enough to find it, nothing to use it. */
export const subjectOf = ({ publicId }: Pick<BearerToken, 'publicId'>): string => `vsb_${publicId}_…`;

/** What a token may do, for the record. Its secret is nowhere in there. */
const rightsOf = ({ name, scopes, addresses, expiresAt }: BearerToken) => [
  { attribute: 'name', after: name },
  { attribute: 'scopes', after: scopes.join(' ') },
  ...(addresses.length === 0 ? [] : [{ attribute: 'addresses', after: addresses.join(' ') }]),
  ...(expiresAt === null ? [] : [{ attribute: 'expires', after: `${expiresAt} UTC` }]),
];

/** What a new token does to those before it: one goes on for a while, others end now. */
function othersIn(held: readonly BearerToken[], made: BearerToken, at: string): string[] {
  const old = held.find(({ replacedBy }) => replacedBy === made.publicId);
  const ended = held.filter(({ id, revokedAt }) => revokedAt === at && id !== made.id);
  return [
    ...(old
      ? [
          old.expiresAt === null
            ? `${subjectOf(old)} goes on until the rotation is completed or cancelled.`
            : `${subjectOf(old)} goes on until ${old.expiresAt} UTC at the latest.`,
        ]
      : []),
    ...ended.map((one) => `${subjectOf(one)} ended.`),
  ];
}

/** Tokens whose making, taking over and ending is recorded, with who did it, in the transaction that does it. */
export function recordedTokens(tokens: Tokens, activities: Activities): Tokens {
  function record(
    tx: Transaction,
    now: Date,
    by: string | undefined,
    of: { readonly operation: string; readonly token: BearerToken; readonly made?: boolean; readonly notes?: string[] },
  ): void {
    if (by === undefined) return;
    const { operation, token, made = false, notes = [] } = of;
    activities.record(tx, {
      at: now,
      operation,
      outcome: 'done',
      status: made ? 201 : 200,
      connectionId: token.connectionId,
      subject: subjectOf(token),
      actor: by,
      modified: made ? rightsOf(token) : [],
      notes,
    });
  }
  const others = async (tx: Transaction, connection: Connection, made: BearerToken, now: Date) =>
    othersIn(await tokens.list(tx, connection.id), made, sqlTimestamp(now));

  return {
    list: tokens.list,
    async issue(tx, connection, options, now, by) {
      const issued = await tokens.issue(tx, connection, options, now);
      record(tx, now, by, { operation: 'token.create', token: issued.token, made: true });
      return issued;
    },
    async rotate(tx, connection, options, now, by) {
      const { text, token } = await tokens.rotate(tx, connection, options, now);
      const notes = by === undefined ? [] : await others(tx, connection, token, now);
      record(tx, now, by, { operation: 'token.rotate', token, made: true, notes });
      return { text, token };
    },
    async startRotation(tx, connection, options, now, by) {
      const { text, token } = await tokens.startRotation(tx, connection, options, now);
      const notes = by === undefined ? [] : await others(tx, connection, token, now);
      record(tx, now, by, { operation: 'token.rotation-start', token, made: true, notes });
      return { text, token };
    },
    async completeRotation(tx, connection, now, by) {
      const end = await tokens.completeRotation(tx, connection, now);
      const notes = [`${subjectOf(end.ended)} ended; this one works on alone.`];
      record(tx, now, by, { operation: 'token.rotation-complete', token: end.works, notes });
      return end;
    },
    async cancelRotation(tx, connection, now, by) {
      const end = await tokens.cancelRotation(tx, connection, now);
      const notes = [`${subjectOf(end.works)} goes on as before.`];
      record(tx, now, by, { operation: 'token.rotation-cancel', token: end.ended, notes });
      return end;
    },
    async revoke(tx, id, now, by) {
      const over = (await tokens.list(tx)).filter(({ revokedAt }) => revokedAt !== null);
      const revoked = await tokens.revoke(tx, id, now);
      // Of one that was revoked before, the first time stays: nothing happens now.
      if (!over.some((before) => before.id === revoked.id))
        record(tx, now, by, { operation: 'token.revoke', token: revoked });
      return revoked;
    },
  };
}
