import { Clock, Database, defineModule, Encryptor, Logger, onStop, provide } from '../framework/index.ts';
import { connectionCommands } from './commands.ts';
import { Connections } from './connection.ts';
import { createConnections } from './connections.ts';
import { defaultConnection } from './first-start.ts';
import { BearerAuthenticator, createBearerAuthenticator } from './http/bearer.ts';
import { Tokens, TokenVerifier } from './token.ts';
import { tokenCommands } from './token-commands.ts';
import { createTokenVerifier } from './token-verifier.ts';
import { createTokens } from './tokens.ts';

export default defineModule({
  name: 'connection',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'activity'],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(Connections, {}, () => createConnections()),
    provide(Tokens, { encryptor: Encryptor }, ({ encryptor }) => createTokens(encryptor)),
    provide(
      TokenVerifier,
      { database: Database, encryptor: Encryptor, clock: Clock, logger: Logger },
      ({ database, encryptor, clock, logger }) => createTokenVerifier(database, encryptor, clock, logger),
    ),
    provide(BearerAuthenticator, { verifier: TokenVerifier }, ({ verifier }) => createBearerAuthenticator(verifier)),
  ],
  commands: [...connectionCommands, ...tokenCommands],
  hooks: [
    defaultConnection,
    onStop('connection.token-last-used', { verifier: TokenVerifier }, ({ verifier }) => verifier.flush()),
  ],
});
