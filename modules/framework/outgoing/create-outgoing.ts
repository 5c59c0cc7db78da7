import { checkedAddresses, type Resolve, systemResolve } from './addresses.ts';
import { destinationOf } from './destination.ts';
import { exchange } from './exchange.ts';
import type { Outgoing } from './outgoing.ts';

const usualMs = 15_000;

/** Requests over node:http and node:https, each on a connection of its own to an address that was checked. */
export function createOutgoing(resolve: Resolve = systemResolve): Outgoing {
  return {
    async send(request) {
      const destination = destinationOf(request.url, request.allowed ?? []);
      const ends = Date.now() + (request.withinMs ?? usualMs);
      const addresses = await checkedAddresses(destination, resolve, ends);
      return exchange(destination, addresses, request, ends);
    },
  };
}
