export { ReconciliationError, type ReconciliationErrorCode } from './error.ts';
export {
  type Cure,
  type CureOutcome,
  type Finding,
  type FindingKind,
  type FindingPlace,
  findingKinds,
  type Severity,
} from './finding.ts';
export { Reconciliation, type ReconciliationFilter } from './reconciliation.ts';
export {
  type KeptFinding,
  type KindCount,
  type ReconciliationRun,
  ReconciliationRuns,
  type ReconciliationStanding,
} from './run/runs.ts';
