import type { Attributes } from '../../customer/index.ts';
import type { Database } from '../../framework/index.ts';
import type { DeskCaller, ShownAddress, UserAddresses, UserDesk } from '../../provisioning/index.ts';
import { ScimError } from '../../scim/index.ts';
import { nothingHere, refusalOfAnswer } from '../refusal.ts';
import { mainAddressPatch, noAddressPatch } from './to-user.ts';

export interface AddressParts {
  readonly database: Database;
  readonly desk: UserDesk;
  readonly addresses: UserAddresses;
}

/**
 * Writes addresses of customers: the default one by the mapping, as any provider's address, and then what the mapping
 * leaves; any further one as a row of its own. `where` names in errors what of the request it is about.
 */
export interface AddressDesk {
  /** Writes what the mapping left of the default address that it has just made; without one, adds it. */
  complete(caller: DeskCaller, customerId: number, columns: Attributes): Promise<ShownAddress>;
  add(caller: DeskCaller, customerId: number, columns: Attributes, where: string): Promise<ShownAddress>;
  change(caller: DeskCaller, before: ShownAddress, columns: Attributes, where: string): Promise<ShownAddress>;
  remove(caller: DeskCaller, address: ShownAddress): Promise<void>;
}

const isDefault = ({ defaultBilling, defaultShipping }: ShownAddress): boolean => defaultBilling || defaultShipping;

export function createAddressDesk({ database, desk, addresses }: AddressParts): AddressDesk {
  const patch = async (caller: DeskCaller, customerId: number, body: unknown) => {
    const id = (await desk.idsOf(database, caller.connection, [customerId])).get(customerId) ?? customerId;
    return desk.carry(caller, { method: 'PATCH', path: `/Users/${id}`, body });
  };

  /** Tells the mapping what the default address is; who is taken over with that is the connection's from then on. */
  async function tellMapping(caller: DeskCaller, customerId: number, columns: Attributes, where: string) {
    const answer = await patch(caller, customerId, mainAddressPatch(columns));
    if (answer.status >= 300) throw refusalOfAnswer(answer, where);
  }

  const defaultOf = async ({ connection }: DeskCaller, customerId: number): Promise<ShownAddress | undefined> => {
    const known = await addresses.page(database, connection, { customerIds: [customerId] }, { limit: 250 });
    return known.find(({ defaultBilling }) => defaultBilling) ?? known.find(isDefault);
  };

  /** Nobody manages the customer yet: the default address that it has is said of it first. */
  async function orTakeOver<T>(
    caller: DeskCaller,
    customerId: number,
    where: string,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const present =
        error instanceof ScimError && error.status === 404 ? await defaultOf(caller, customerId) : undefined;
      if (!present) throw error;
      await tellMapping(caller, customerId, present.attributes, where);
      return work();
    }
  }

  async function complete(caller: DeskCaller, customerId: number, columns: Attributes): Promise<ShownAddress> {
    const made = await defaultOf(caller, customerId);
    return addresses.save(caller, customerId, { ...(made ? { id: made.id } : {}), attributes: columns });
  }

  return {
    complete,
    async add(caller, customerId, columns, where) {
      if (await defaultOf(caller, customerId))
        return orTakeOver(caller, customerId, where, () => addresses.save(caller, customerId, { attributes: columns }));
      await tellMapping(caller, customerId, columns, where);
      return complete(caller, customerId, columns);
    },
    async change(caller, before, columns, where) {
      const { id, customerId, attributes } = before;
      if (isDefault(before)) await tellMapping(caller, customerId, { ...attributes, ...columns }, where);
      return orTakeOver(caller, customerId, where, () =>
        addresses.save(caller, customerId, { id, attributes: columns }),
      );
    },
    async remove(caller, { id, customerId, ...address }) {
      if (isDefault({ id, customerId, ...address })) {
        const answer = await patch(caller, customerId, noAddressPatch);
        if (answer.status === 403 || answer.status >= 500) throw refusalOfAnswer(answer, String(id));
        const [left] = await addresses.page(database, caller.connection, { ids: [id] }, { limit: 1 });
        if (!left) return;
      }
      await orTakeOver(caller, customerId, String(id), () => addresses.remove(caller, customerId, id));
    },
  };
}

export const unknownAddress = (id: number): Error => nothingHere(`There is no address ${id} that this account sees.`);
