import express, { type Request, type RequestHandler, type Response } from 'express';
import { Activities } from '../../activity/index.ts';
import { BearerAuthenticator } from '../../connection/index.ts';
import { CustomerAttributes, CustomerAuthentication, Customers } from '../../customer/index.ts';
import { Clock, Database, Logger, mount, requestIdOf } from '../../framework/index.ts';
import { GroupAssignment, UserAddresses, UserDesk } from '../../provisioning/index.ts';
import { Webhooks } from '../../webhook/index.ts';
import { addressResource } from '../address/endpoints.ts';
import { credentialsResource } from '../customer/credentials-check.ts';
import { customerResource } from '../customer/endpoints.ts';
import { PasswordChecks } from '../customer/password-checks.ts';
import { hookResource, hooksResource } from '../hook/endpoints.ts';
import { malformed, nothingHere, refusalOf, StoreRefusal } from '../refusal.ts';
import { admit } from './door.ts';
import type { StoreAnswer, StoreResource } from './exchange.ts';
import { storeOperations } from './operations.ts';

const json = express.json({ limit: '1mb', inflate: false, strict: false, type: () => true });

const parsed = (request: Request, response: Response): Promise<unknown> =>
  new Promise((resolve, reject) => {
    json(request, response, (error?: unknown) => (error === undefined ? resolve(request.body) : reject(error)));
  });

/** @throws StoreRefusal 400, 413 */
async function readBody(request: Request, response: Response): Promise<unknown> {
  try {
    return await parsed(request, response);
  } catch (error) {
    const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
    if (status === 413) throw new StoreRefusal(413, 'The body is larger than 1 MiB.', { cause: error });
    if (status < 500) throw malformed('The body is not JSON that can be read.');
    throw error;
  }
}

/**
 * What a refusal is about is documented there: our answers have BigCommerce's shape, and its meanings. `instance`, which
 * RFC 9457 has for the one occurrence, is the request's id: whoever has it finds the record.
 */
const statusCodes = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes';

function refuse(response: Response, { status, message: title, errors, headers }: StoreRefusal): void {
  const instance = requestIdOf(response.req);
  response.status(status).set(headers).json({ status, title, type: statusCodes, instance, errors });
}

/** `/x7…/v3/hooks/7` → hash, path with `:id` in place of a number at the end, number. */
function placeOf(path: string): { hash: string; path: string; id: number | undefined } | undefined {
  const [, hash, rest] = /^\/([^/]+)\/v3(\/.*?)\/?$/.exec(path) ?? [];
  if (hash === undefined || rest === undefined) return undefined;
  const [, before, number] = /^(.*\/)(\d{1,10})$/.exec(rest) ?? [];
  return before === undefined
    ? { hash, path: rest, id: undefined }
    : { hash, path: `${before}:id`, id: Number(number) };
}

/** Importers' API in BigCommerce's shape: who calls, what of a connection's customers and webhooks they may see and change. */
export const storeMount = mount('/stores', {
  operations: storeOperations,
  public: 'importers come with the access token of an API account, which is checked here',
  inject: {
    authenticator: BearerAuthenticator,
    activities: Activities,
    desk: UserDesk,
    addresses: UserAddresses,
    groups: GroupAssignment,
    customers: Customers,
    attributes: CustomerAttributes,
    authentication: CustomerAuthentication,
    checks: PasswordChecks,
    webhooks: Webhooks,
    database: Database,
    clock: Clock,
    logger: Logger,
  },
  router: (parts) => {
    const resources: readonly StoreResource[] = [
      customerResource(parts),
      credentialsResource(parts),
      addressResource(parts),
      hooksResource(parts),
      hookResource(parts),
    ];
    const byPath = new Map(resources.map((resource) => [resource.path, resource]));

    async function answer(request: Request, response: Response): Promise<StoreAnswer> {
      const place = placeOf(request.path);
      const resource = place && byPath.get(place.path);
      if (!place || !resource) throw nothingHere('There is nothing at this address of the store API.');
      const requestId = requestIdOf(request);
      const { hash, id } = place;
      const caller = await admit(parts, request, { hash, scope: resource.scope, requestId });
      const { connection, tokenId, tokenName } = caller;
      const handle = resource.methods[request.method as keyof typeof resource.methods];
      if (!handle) {
        const allow = Object.keys(resource.methods).join(', ');
        throw new StoreRefusal(405, `${request.method} is not served here; ${allow} are.`, {
          headers: { Allow: allow },
        });
      }
      const body =
        request.method === 'POST' || request.method === 'PUT' ? await readBody(request, response) : undefined;
      const at = request.originalUrl.indexOf('?');
      return handle({
        caller: { connection, tokenId, actor: `store API: ${tokenName}`, requestId },
        clientId: caller.clientId,
        query: new URLSearchParams(at < 0 ? '' : request.originalUrl.slice(at + 1)),
        body,
        id,
        now: parts.clock.now(),
        charge: (amount) => parts.authenticator.charge(connection, amount),
      });
    }

    const handler: RequestHandler = async (request, response) => {
      response.set('Cache-Control', 'no-store');
      try {
        const { status, body } = await answer(request, response);
        if (body === undefined) response.status(status).end();
        else response.status(status).json(body);
      } catch (error) {
        const refusal = refusalOf(error);
        if (!refusal)
          parts.logger.error(
            { err: error, requestId: response.getHeader('X-Request-Id') },
            'a store API request failed',
          );
        refuse(response, refusal ?? new StoreRefusal(500, 'Something went wrong here. The log tells more.'));
      }
    };
    return handler;
  },
});
