import type { Inventory } from './inventory.ts';
import type { Problem } from './problem.ts';

const RESOURCE = /^([a-z][a-z0-9-]*)::[a-z][a-z0-9_-]*$/;

/** ACL resources are named `<own module>::<resource>`, and every one that is asked for has been declared. */
export function checkAcl(inventory: Inventory, report: (problem: Problem) => void): void {
  for (const module of inventory.modules) {
    for (const id of Object.keys(module.acl ?? {})) {
      if (RESOURCE.exec(id)?.[1] === module.name) continue;
      report({
        code: 'ACL_NAME',
        module: module.name,
        message: `declares the ACL resource "${id}".`,
        cure: `Name it "${module.name}::<resource>".`,
      });
    }
  }
  const asked = [
    ...inventory.routes.flatMap(({ module, item }) =>
      'acl' in item.access ? [{ module, what: `${item.kind} ${item.path}`, id: item.access.acl }] : [],
    ),
    ...[...inventory.sections.values()].map(({ module, item }) => ({
      module,
      what: `configuration ${item.path}`,
      id: item.acl,
    })),
  ];
  for (const { module, what, id } of asked) {
    if (inventory.acl.has(id)) continue;
    report({
      code: 'ACL_UNDECLARED',
      module,
      message: `${what} asks for the ACL resource "${id}", which nobody declares.`,
      cure: `Add it to the acl of the module "${id.split('::')[0]}".`,
    });
  }
}
