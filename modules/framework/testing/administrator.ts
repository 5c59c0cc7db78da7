import type { Override } from '../boot/inventory.ts';
import { actFor } from '../http/actor.ts';
import { Authorizer } from '../http/authorizer.ts';

/**
 * For `override`: every request is made by an administrator "anna", who may do what these ACL resources allow, or
 * everything where none is named. Routes with an ACL resource answer then; pages want the administration's own login.
 */
export function administrator(...resources: readonly string[]): Override {
  const authorizer: Authorizer = {
    async authorize(request, resource) {
      actFor(request, { id: 1, name: 'anna' });
      return resources.length === 0 || resources.includes(resource) ? 'granted' : 'refused';
    },
  };
  return [Authorizer, authorizer];
}
