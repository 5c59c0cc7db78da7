import type { ConnectionMapping, UserMapping } from '../../attribute-mapping/index.ts';
import type { Room } from '../room.ts';

/** A mapping service that knows one mapping alone, whatever is in effect; plugins do what they do. */
export const pinnedMapping = (mapping: UserMapping, only: ConnectionMapping): UserMapping => ({
  ...mapping,
  of: () => only,
  toCustomer: (user, context) => mapping.toCustomer(user, { ...context, mapping: only }),
});

/** The host's room with one mapping alone. */
export const pinnedRoom = (room: Room, only: ConnectionMapping): Room => ({
  ...room,
  mapping: pinnedMapping(room.mapping, only),
});
