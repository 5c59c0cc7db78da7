import type { WhichMapping } from '../../attribute-mapping/index.ts';

/** Which mapping something came by, in words. */
export function mappingText(which: WhichMapping | undefined, version: number): string {
  if (which === 'draft') return 'the draft of the mapping';
  return version === 0 ? "the preset of the connection's profile" : `version ${version} of the mapping`;
}
