import type { ModifiedAttribute } from '../activity/index.ts';
import { type DisagreementKind, disagreementKinds, type Remedy } from '../provisioning/index.ts';

/** Rows of "All Customers" that are missing, that say something else than the customer, whose customer is gone. */
export const gridKinds = ['grid-missing', 'grid-stale', 'grid-orphaned'] as const;
export type GridKind = (typeof gridKinds)[number];

/** What can be found, what matters most first. Codes stay as they are: commands, files and settings name them. */
export type FindingKind = DisagreementKind | GridKind;
export const findingKinds: readonly FindingKind[] = [...disagreementKinds, ...gridKinds];

/** What can be done about a finding. */
export type Cure = Remedy;

/** `high`: somebody can or can't log in, or isn't found, against what was said. `low`: nobody notices. */
export type Severity = 'high' | 'medium' | 'low';

/** Where a finding is: enough to look at it again. */
export interface FindingPlace {
  readonly kind: FindingKind;
  readonly connectionId: number | null;
  readonly customerId: number | null;
  readonly groupId: number | null;
  /** Of a value that differs, the target of the mapping; null for other kinds. */
  readonly attribute: string | null;
}

/** Something in which store and documents disagree. */
export interface Finding extends FindingPlace {
  readonly severity: Severity;
  /** The code of the connection; null for one that is gone, and where none has to do with it. */
  readonly connection: string | null;
  /** A userName, an e-mail address, the name of a group; null where nothing tells. */
  readonly subject: string | null;
  /** Before: how it should be by what is kept. After: how it was found. */
  readonly values: readonly ModifiedAttribute[];
  /** The first one is meant where nobody chooses; none where the customer is protected. */
  readonly cures: readonly Cure[];
}

/** `gone`: it holds no more, so nothing was done. */
export type CureOutcome = 'cured' | 'gone';
