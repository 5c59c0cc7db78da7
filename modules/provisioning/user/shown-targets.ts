import type { ConnectionMapping } from '../../attribute-mapping/index.ts';

const known = new WeakMap<ConnectionMapping, readonly string[]>();

/** Every target whose row value shows at some attribute of a user. */
export function shownTargets(mapping: ConnectionMapping): readonly string[] {
  let targets = known.get(mapping);
  if (!targets) {
    const { schema, extensions } = mapping.resourceType();
    const attributes = [
      ...schema.attributes.map((attribute) => ({ schema, extension: false, attribute })),
      ...extensions.flatMap(({ schema: added }) =>
        added.attributes.map((attribute) => ({ schema: added, extension: true, attribute })),
      ),
    ];
    targets = [...new Set(attributes.flatMap((path) => mapping.targetsOf(path)))];
    known.set(mapping, targets);
  }
  return targets;
}
