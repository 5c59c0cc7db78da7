import type { Cure, FindingKind } from '../finding.ts';
import { cures, kinds, takesAway } from '../kind/kinds.ts';

/** What came of one kind. */
export interface KindTally {
  found: number;
  cured: number;
  /** Held no more when it was to be cured. */
  gone: number;
  refused: number;
}

export type Tallies = Partial<Record<FindingKind, KindTally>>;

export const tallyOf = (tallies: Tallies, kind: FindingKind): KindTally => {
  tallies[kind] ??= { found: 0, cured: 0, gone: 0, refused: 0 };
  return tallies[kind];
};

/** Kinds in the order in which they matter, with what was found of each. */
export const inOrder = (tallies: Tallies): readonly (readonly [FindingKind, KindTally])[] =>
  (Object.keys(kinds) as FindingKind[]).flatMap((kind) => {
    const tally = tallies[kind];
    return tally ? [[kind, tally] as const] : [];
  });

/** What cures would take from how many, in words; empty where they take nothing. */
export function takings(chosen: ReadonlyMap<FindingKind, ReadonlyMap<Cure, number>>): string[] {
  return [...chosen].flatMap(([kind, counts]) =>
    [...counts].flatMap(([cure, count]) =>
      takesAway(kind, cure) ? [`${count} × ${kind}: ${cure} (${cures[cure].effect.replace(/\.$/, '')})`] : [],
    ),
  );
}
