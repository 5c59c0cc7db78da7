import type { Activities } from '../../activity/index.ts';
import type { FloodGate } from '../../connection/index.ts';
import type { CustomerAuthentication } from '../../customer/index.ts';
import type { StoreResource } from '../http/exchange.ts';
import { isRecord } from '../http/parameters.ts';
import { malformed, StoreRefusal, unfit } from '../refusal.ts';
import { checksAllowed } from './password-checks.ts';

export interface CredentialsParts {
  readonly authentication: CustomerAuthentication;
  readonly checks: FloodGate<number>;
  readonly activities: Activities;
}

const textIn = (body: Readonly<Record<string, unknown>>, name: string): string => {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw unfit(name, `"${name}" has to be a text that is not empty.`);
};

/** `/customers/validate-credentials`: whether somebody is a customer of the website. Never why not. */
export function credentialsResource({ authentication, checks, activities }: CredentialsParts): StoreResource {
  return {
    path: '/customers/validate-credentials',
    scope: 'store:customers',
    methods: {
      async POST({ body, caller: { connection, actor, requestId }, now }) {
        if (!isRecord(body)) throw malformed('The body has to be a JSON object.');
        const [email, password] = [textIn(body, 'email'), textIn(body, 'password')];
        const tooSoon = checks.pass(connection.id, checksAllowed);
        if (tooSoon)
          throw new StoreRefusal(429, `Passwords are checked too often; come again in ${tooSoon.retryAfter} s.`, {
            headers: { 'Retry-After': String(tooSoon.retryAfter) },
          });
        const id = await authentication.authenticate(connection.websiteId, email, password, now);
        activities.note({
          at: now,
          operation: 'store.validate-credentials',
          outcome: id === undefined ? 'refused' : 'unchanged',
          status: 200,
          connectionId: connection.id,
          ...(id === undefined ? { reason: 'The password was not good for the account.' } : { customerId: id }),
          actor,
          requestId,
        });
        return { status: 200, body: { is_valid: id !== undefined, customer_id: id ?? null } };
      },
    },
  };
}
