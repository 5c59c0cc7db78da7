import { SetupFacts } from '../../connection/index.ts';
import { contribute } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { MappingVersions } from '../version/version.ts';

/** The attributes of a user that come to something in the store, each once, in the order of the rows. */
export const sourcesOf = ({ rows }: MappingDocument): readonly string[] => [
  ...new Set(
    rows
      .filter(({ enabled = true, direction }) => enabled && direction !== 'out')
      .flatMap((row) => ('source' in row ? [row.source] : [])),
  ),
];

/** What an identity administrator is told of the mapping when a set-up is finished. */
export const mappingFacts = contribute(SetupFacts, { versions: MappingVersions }, ({ versions }) => ({
  async of(db, connection) {
    const { document } = await versions.inEffect(db, connection);
    return [['Attributes that are taken over', sourcesOf(document).join(', ') || 'none']];
  },
}));
