import type { Activities } from '../../activity/index.ts';
import {
  type AuthenticatedConnection,
  type BearerAuthenticator,
  operationRefusal,
  type RefusedRequest,
  scopeRefusal,
  serviceRefusal,
} from '../../connection/index.ts';
import type { Clock } from '../../framework/index.ts';
import {
  forbidden,
  type Mode,
  type ScimError,
  type ScimRouterOptions,
  tooManyRequests,
  unauthorized,
} from '../../scim/index.ts';

type Options = ScimRouterOptions<AuthenticatedConnection>;

/** The request that is refused, as far as a record of it goes. */
interface Refused {
  readonly operation: string;
  readonly error: ScimError;
  readonly connectionId: number | undefined;
  readonly requestId: string;
  readonly notes?: readonly string[];
}

/** Who may come in, and what for. The router forgets a caller whom this refuses, so it is recorded here. */
export function scimDoor(
  authenticator: BearerAuthenticator,
  activities: Activities,
  clock: Clock,
): { authenticate: Options['authenticate']; authorize: NonNullable<Options['authorize']> } {
  function note({ error, ...refused }: Refused): void {
    const { status, message: reason } = error;
    activities.note({ at: clock.now(), outcome: 'refused', status, reason, ...refused });
  }
  return {
    async authenticate(request, { connection: pinnedTo, requestId, notes }) {
      const caller = await authenticator.authenticate(request, pinnedTo);
      if ('refused' in caller) {
        const error = errorFor(caller);
        const connectionId = caller.connection?.id;
        if (caller.telling)
          note({ operation: `scim.${caller.refused}`, error, connectionId, requestId, notes: cameFrom(caller) });
        throw error;
      }
      const { connection } = caller;
      const closed = serviceRefusal(connection);
      if (closed !== undefined) {
        const error = forbidden(closed);
        const operation = connection.active ? 'scim.off' : 'scim.paused';
        note({ operation, error, connectionId: connection.id, requestId });
        throw error;
      }
      notes.push(...caller.notes);
      return caller;
    },
    authorize,
  };
}

/** Whose token it was nobody knows: where it came from helps whoever has mistyped one to find it. */
const cameFrom = ({ origin }: RefusedRequest): readonly string[] =>
  origin?.address === undefined
    ? []
    : [`It came from ${origin.address}${origin.agent === undefined ? '' : `, by ${origin.agent}`}.`];

/** Throws 403 where a token's scopes or a switch of its connection forbid an operation, whoever would be concerned. */
export const authorize: NonNullable<Options['authorize']> = ({ connection, scopes }, { operation, resourceType }) => {
  const refused =
    scopeRefusal(scopes, operation, resourceType) ?? operationRefusal(connection, operation, resourceType);
  if (refused !== undefined) throw forbidden(refused);
};

/** How strictly a connection's messages are read. */
export const modeOf = ({ connection }: AuthenticatedConnection): Mode =>
  connection.profile === 'interop-strict' ? 'interop-strict' : 'compat';

function errorFor({ status, detail, retryAfter = 1 }: RefusedRequest): ScimError {
  if (status === 429) return tooManyRequests(retryAfter, detail);
  return status === 403 ? forbidden(detail ?? 'This is not allowed.') : unauthorized(detail);
}
