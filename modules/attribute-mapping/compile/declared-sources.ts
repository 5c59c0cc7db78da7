import { userResourceType, userSchema } from '../../scim/index.ts';
import { customerUserUrn } from '../custom/schema.ts';
import type { DeclaredSource, MappingDocument } from '../document/document.ts';
import type { MappingIssue } from '../document/issue.ts';
import { extensionOf } from './resource-type.ts';

/** Why a name can't be declared; undefined where it can. */
function takenBy(name: string): { readonly message: string; readonly cure: string } | undefined {
  const place = extensionOf(name);
  const lower = (place?.attribute ?? name).toLowerCase();
  if (lower === 'constructor' || lower === 'prototype')
    return { message: `"${name}" can't be the name of an attribute.`, cure: 'Choose another name.' };
  if (!place)
    return userResourceType.topLevel.has(lower)
      ? { message: `Every user has the attribute "${name}" already.`, cure: 'Remove the declaration, and map it.' }
      : undefined;
  const urn = place.urn.toLowerCase();
  if (urn === userSchema.id.toLowerCase())
    return {
      message: `"${name}" would be an attribute of the core schema.`,
      cure: `Declare it by its name alone: "${place.attribute}".`,
    };
  if (urn === customerUserUrn.toLowerCase())
    return {
      message: `What stands under ${customerUserUrn} are the store's own attributes.`,
      cure: 'Remove the declaration; create the attribute in the store instead (attribute:create).',
    };
  return userResourceType.schemas.get(urn)?.byName.has(lower)
    ? { message: `Every user has the attribute "${name}" already.`, cure: 'Remove the declaration, and map it.' }
    : undefined;
}

/** Declared sources that can be added to the schemas: none that is there already, each once. */
export function declaredSources({ sources = [] }: MappingDocument): readonly DeclaredSource[] {
  const seen = new Set<string>();
  return sources.filter(({ name }) => {
    if (seen.has(name.toLowerCase()) || takenBy(name)) return false;
    seen.add(name.toLowerCase());
    return true;
  });
}

/** What is wrong with the declared sources of a document. */
export function declarationIssues({ sources = [] }: MappingDocument): readonly MappingIssue[] {
  const seen = new Set<string>();
  return sources.flatMap(({ name }, index): MappingIssue[] => {
    const twice = seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    const about = { field: `sources/${index}/name`, severity: 'error' } as const;
    if (twice)
      return [
        {
          ...about,
          code: 'source-declared-twice',
          message: `"${name}" is declared twice.`,
          cure: 'Remove one of the two.',
        },
      ];
    const taken = takenBy(name);
    return taken ? [{ ...about, code: 'source-taken', ...taken }] : [];
  });
}
