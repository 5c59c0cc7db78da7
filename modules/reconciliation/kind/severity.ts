import type { Cure, FindingKind, Severity } from '../finding.ts';
import { kinds } from './kinds.ts';

/** How much a finding matters: of a value that the provider owns, more than of one that the store may change. */
export const severityOf = (kind: FindingKind, cures: readonly Cure[]): Severity =>
  kind === 'drifted' && cures.length > 0 && !cures.includes('accept') ? 'medium' : kinds[kind].severity;
