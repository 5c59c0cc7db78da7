import type { Inventory } from '../../framework/index.ts';
import { titleOf } from '../kit/words.ts';
import { ownAccount } from './permissions.ts';

/** The resources of one module, as the tree of a role shows them. */
export interface ResourceBranch {
  readonly module: string;
  readonly title: string;
  readonly resources: readonly { readonly id: string; readonly title: string }[];
}

/** All resources that a role can allow, by module, in module order. What everybody may do is not among them. */
export function resourceTree({ modules }: Pick<Inventory, 'modules'>): readonly ResourceBranch[] {
  return modules.flatMap(({ name, acl = {} }) => {
    const resources = Object.entries(acl)
      .filter(([id]) => id !== ownAccount)
      .map(([id, title]) => ({ id, title }));
    return resources.length > 0 ? [{ module: name, title: titleOf(name), resources }] : [];
  });
}
