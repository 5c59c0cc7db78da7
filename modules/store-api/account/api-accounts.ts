import { familyOf, storeHash, storeScopes, type Tokens } from '../../connection/index.ts';
import type { Environment } from '../../framework/index.ts';
import { nothingHere } from '../refusal.ts';
import type { ApiAccount, ApiAccounts } from './api-account.ts';
import { clientSecretOf } from './credentials.ts';

const isAccount = ({ scopes }: ApiAccount): boolean => familyOf(scopes) === 'store';

/** API accounts over the tokens of connections. */
export function createApiAccounts(tokens: Tokens, { baseUrl }: Pick<Environment, 'baseUrl'>): ApiAccounts {
  const apiPath: ApiAccounts['apiPath'] = ({ id }) => `${baseUrl}/stores/${storeHash(id)}/v3/`;
  return {
    apiPath,
    async create(tx, connection, { name, scopes = storeScopes, expiresAt, addresses }, now, by) {
      const { text, token } = await tokens.issue(tx, connection, { name, scopes, expiresAt, addresses }, now, by);
      const credentials = {
        clientId: token.publicId,
        clientSecret: clientSecretOf(text),
        accessToken: text,
        name: token.name,
        apiPath: apiPath(connection),
      };
      return { account: token, credentials };
    },
    list: async (db, connectionId) => (await tokens.list(db, connectionId)).filter(isAccount),
    async revoke(tx, clientId, now, by) {
      const known = (await tokens.list(tx)).some((token) => token.publicId === clientId && isAccount(token));
      if (!known)
        throw nothingHere(
          `There is no API account with the client id "${clientId}"; api-account:list shows those there are.`,
        );
      return tokens.revoke(tx, clientId, now, by);
    },
  };
}
