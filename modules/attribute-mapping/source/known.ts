import type { CustomerAttribute } from '../../customer/index.ts';
import { declaredSources } from '../compile/declared-sources.ts';
import { userType } from '../compile/resource-type.ts';
import { offeredOf } from '../custom/offered.ts';
import type { MappingDocument } from '../document/document.ts';
import { parseSource } from './path.ts';
import { SourceFault } from './source.ts';

const nothing: MappingDocument = { version: 1, rows: [] };

/** Whether a path names an attribute of a known schema, of the store's own, or of a source that the document declares. */
export function isKnownSource(
  text: string,
  document: MappingDocument = nothing,
  attributes: readonly CustomerAttribute[] = [],
): boolean {
  const type = userType({
    declared: declaredSources(document),
    offered: offeredOf(attributes, () => false),
    passwords: true,
  });
  try {
    parseSource(text, type);
    return true;
  } catch (error) {
    if (error instanceof SourceFault) return error.code !== 'source-unknown';
    throw error;
  }
}
