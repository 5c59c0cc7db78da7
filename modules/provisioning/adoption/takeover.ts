import { type Connection, takeoverRefusal } from '../../connection/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import { DuplicateKeyError, type Transaction } from '../../framework/index.ts';
import { forbidden, type Resource } from '../../scim/index.ts';
import type { ProvisioningContext, Room } from '../room.ts';
import { keysOf } from '../user/user-rows.ts';
import { askWhether, decisionOf, type UndecidedMatch, waitingRequest } from './match-requests.ts';

/** Thrown inside a transaction where an administrator has to decide first: it rolls back, and {@link orAsk} asks. */
export class MatchPending extends Error {
  override readonly name = 'MatchPending';
  readonly match: UndecidedMatch;
  constructor(match: UndecidedMatch) {
    super(`whether customer ${match.customerId} is "${match.userName}" is for an administrator to say`);
    this.match = match;
  }
}

/** @throws ScimError 403 where the connection's policy refuses to take this customer over, whoever is taken for it */
export function requireTakeoverAllowed(connection: Connection, { id, attributes }: CustomerState): void {
  const refusal = takeoverRefusal(connection, id, String(attributes.email));
  if (refusal !== undefined) throw forbidden(refusal);
}

/**
 * Under the policy `ask` somebody is taken for a customer only once an administrator has said so.
 * @throws MatchPending while that has not been said, ScimError 403 where the contrary was
 */
export async function requireApproval(
  tx: Transaction,
  connection: Connection,
  customerId: number,
  document: Resource,
  matchedBy: string,
): Promise<void> {
  if (connection.match !== 'ask') return;
  const match = {
    connection,
    customerId,
    userName: String(document.userName),
    userNameKey: keysOf(document).userName,
    matchedBy,
  };
  const decision = await decisionOf(tx, match);
  if (decision === 'approved') return;
  if (decision === 'denied')
    throw forbidden(
      `An administrator has said that customer ${customerId} is not "${match.userName}", so it is not taken over.`,
    );
  throw new MatchPending(match);
}

/** Does the work; where it takes an administrator's word that is missing, asks for it and answers 403 that says so. */
export async function orAsk<T>(room: Room, context: ProvisioningContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MatchPending)) throw error;
    const { customerId, connection, userName } = error.match;
    if (context.caller.rehearsal && (await waitingRequest(room.database, error.match)) === undefined)
      throw forbidden(
        `Customer ${customerId} is managed by no connection; whether it is "${userName}" would be asked of an administrator, and the change would be made once that is approved (match:list --connection ${connection.code}).`,
      );
    const ask = () => room.database.transaction((tx) => askWhether(tx, error.match, context.now));
    const id = await ask().catch((failure: unknown) => {
      // Somebody asked the same at the same moment.
      if (failure instanceof DuplicateKeyError) return ask();
      throw failure;
    });
    throw forbidden(
      id === undefined
        ? `Customer ${customerId} is managed by no connection, and too many match requests of "${connection.code}" wait already; Pending Matches in the administration (match:list --connection ${connection.code}) shows them.`
        : `Customer ${customerId} is managed by no connection; whether it is "${userName}" waits for an administrator under Pending Matches in the administration: match:approve ${id} lets the next attempt of "${connection.code}" take it over, match:deny ${id} tells the two apart.`,
    );
  }
}
