import type { Mapping, MappingKind } from '../course/mapping.ts';

/** Why a customer shall be in a course: by this mapping, because of this order or group. */
export interface Reason {
  readonly mappingId: number;
  readonly kind: MappingKind;
  /** The number of the order, or the id of the group. */
  readonly origin: string;
  readonly course: string;
  /** What gave it has ended, and it was chosen that the enrolment stays. */
  readonly kept: boolean;
}

/** What has to be written so that reasons are what they should be. */
export interface ReasonChanges {
  readonly add: readonly Reason[];
  readonly end: readonly Reason[];
  /** Ended, but kept. */
  readonly keep: readonly Reason[];
}

const keyOf = ({ mappingId, origin }: Pick<Reason, 'mappingId' | 'origin'>): string => `${mappingId} ${origin}`;

/**
 * Compares what reasons there are with what there should be. What has ended is kept where its mapping keeps; a reason that
 * was kept and is given anew is an ordinary one again.
 */
export function reasonChanges(
  stored: readonly Reason[],
  wanted: readonly Reason[],
  mappings: ReadonlyMap<number, Pick<Mapping, 'keeps' | 'parting'>>,
): ReasonChanges {
  const should = new Map(wanted.map((reason) => [keyOf(reason), reason]));
  const there = new Map(stored.map((reason) => [keyOf(reason), reason]));
  const gone = stored.filter((reason) => !reason.kept && !should.has(keyOf(reason)));
  const keeps = ({ mappingId }: Reason): boolean => {
    const mapping = mappings.get(mappingId);
    return mapping !== undefined && (mapping.parting === null ? mapping.keeps : mapping.parting === 'keep');
  };
  return {
    add: [...should].filter(([key]) => there.get(key)?.kept ?? true).map(([, reason]) => reason),
    end: gone.filter((reason) => !keeps(reason)),
    keep: gone.filter(keeps),
  };
}

/** What an LMS has to be told: courses that are wanted and not held, and the other way round; each in order. */
export function courseDifference(
  reasons: readonly Pick<Reason, 'course'>[],
  held: readonly string[],
): { readonly enrol: readonly string[]; readonly unenrol: readonly string[] } {
  const wanted = new Set(reasons.map(({ course }) => course));
  const has = new Set(held);
  return {
    enrol: [...wanted].filter((course) => !has.has(course)).sort(),
    unenrol: [...has].filter((course) => !wanted.has(course)).sort(),
  };
}
