import { action, confirmation, page, redirect, type Visit } from '../../admin/index.ts';
import { Clock, Database, HttpError } from '../../framework/index.ts';
import { ConnectionError, Connections } from '../connection.ts';
import { type BearerToken, Tokens } from '../token.ts';
import { actorOfVisit, askedConnection } from './asked-connection.ts';
import { UsedBy } from './live-panel.tsx';

const acl = 'connection::tokens';
const inject = { database: Database, connections: Connections, tokens: Tokens, clock: Clock };
interface Services {
  readonly database: Database;
  readonly connections: Connections;
  readonly tokens: Tokens;
}

/** @throws HttpError 404 for a token of another connection, too */
async function askedToken(visit: Visit, { database, connections, tokens }: Services) {
  const connection = await askedConnection(visit, connections, database);
  const held = await tokens.list(database, connection.id);
  const token = held.find(({ publicId }) => publicId === visit.params.id);
  if (!token) throw new HttpError(404, 'NOT_FOUND', 'This connection has no such token.');
  return { connection, token };
}

const Use = ({ token }: { token: BearerToken }) => (
  <p>
    <UsedBy token={token} />
  </p>
);

export const revokeTokenPage = page('/admin/connections/:code/tokens/:id/revoke', {
  acl,
  inject,
  async view(visit, given) {
    const { connection, token } = await askedToken(visit, given);
    return confirmation({
      title: `Revoke the token ${token.name}?`,
      action: `/admin/connections/${connection.code}/tokens/${token.publicId}/revoke`,
      confirm: 'Revoke Token',
      back: `/admin/connections/${connection.code}`,
      children: (
        <>
          <p>
            Whoever still sends the token <span class="code">vsb_{token.publicId}_…</span> is answered with 401, within
            5 seconds. This can't be undone; a new token can be made.
          </p>
          <Use token={token} />
        </>
      ),
    });
  },
});

export const revokeToken = action('/admin/connections/:code/tokens/:id/revoke', {
  acl,
  fresh: true,
  inject,
  async perform(visit, given) {
    const { connection, token } = await askedToken(visit, given);
    await given.database.transaction((tx) =>
      given.tokens.revoke(tx, token.publicId, given.clock.now(), actorOfVisit(visit)),
    );
    return redirect(`/admin/connections/${connection.code}`, { done: `The token ${token.name} is revoked.` });
  },
});

const questions = {
  complete: {
    title: 'Complete the rotation?',
    confirm: 'Complete Rotation',
    text: 'The old token stops working within 5 seconds; the new one goes on alone. Look first whether the new one was used: if not, the identity provider still has the old one.',
    done: 'The rotation is complete: the old token works no more.',
  },
  cancel: {
    title: 'Cancel the rotation?',
    confirm: 'Cancel Rotation',
    text: 'The new token stops working within 5 seconds; the old one goes on as before.',
    done: 'The rotation is cancelled: the old token goes on.',
  },
} as const;

const rotationPage = (step: 'complete' | 'cancel') =>
  page(`/admin/connections/:code/tokens/rotation/${step}`, {
    acl,
    inject,
    async view(visit, { database, connections, tokens }) {
      const connection = await askedConnection(visit, connections, database);
      const working = (await tokens.list(database, connection.id)).filter(({ revokedAt }) => revokedAt === null);
      const { title, confirm, text } = questions[step];
      return confirmation({
        title,
        confirm,
        action: `/admin/connections/${connection.code}/tokens/rotation/${step}`,
        back: `/admin/connections/${connection.code}`,
        children: (
          <>
            <p>{text}</p>
            <ul class="token-list">
              {working.slice(0, 2).map((token) => (
                <li key={token.id}>
                  <div>
                    <p>
                      <strong>{token.name}</strong> {token.replacedBy === null ? '(the new one)' : '(the old one)'}
                    </p>
                    <Use token={token} />
                  </div>
                </li>
              ))}
            </ul>
          </>
        ),
      });
    },
  });

const rotationEnd = (step: 'complete' | 'cancel') =>
  action(`/admin/connections/:code/tokens/rotation/${step}`, {
    acl,
    fresh: true,
    inject,
    async perform(visit, { database, connections, tokens, clock }) {
      const connection = await askedConnection(visit, connections, database);
      const back = `/admin/connections/${connection.code}` as const;
      try {
        await database.transaction((tx) =>
          step === 'complete'
            ? tokens.completeRotation(tx, connection, clock.now(), actorOfVisit(visit))
            : tokens.cancelRotation(tx, connection, clock.now(), actorOfVisit(visit)),
        );
        return redirect(back, { done: questions[step].done });
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        return redirect(back, { problem: error.message });
      }
    },
  });

export const completeRotationPage = rotationPage('complete');
export const completeRotation = rotationEnd('complete');
export const cancelRotationPage = rotationPage('cancel');
export const cancelRotation = rotationEnd('cancel');
