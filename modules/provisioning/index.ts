export { type MatchRequest, MatchRequests, type MatchState } from './adoption/match-requests.ts';
export {
  type Disagreement,
  type DisagreementKind,
  type DisagreementPlace,
  disagreementKinds,
  type Remedy,
  remedies,
} from './comparison/disagreement.ts';
export {
  type ComparedBatch,
  type ComparedCustomer,
  type ComparisonScope,
  type Curing,
  UserComparison,
  UserComparisonError,
  type UserComparisonErrorCode,
} from './comparison/user-comparison.ts';
export { ConnectionDepartures } from './departure/departures.ts';
export { eraseConnection } from './departure/erase-connection.ts';
export { type TransferredUsers, UsersTransferred } from './departure/users-transferred.ts';
export { type DeskAnswer, type DeskCaller, type DeskErrand, UserDesk } from './desk/user-desk.ts';
export { GroupAssignment } from './detail/group-assignment.ts';
export { type AddressQuestion, type ShownAddress, UserAddresses } from './detail/user-addresses.ts';
export {
  type CustomerMembership,
  GroupMemberships,
  GroupMembershipsChanged,
  type ProvidedGroup,
} from './group/memberships.ts';
export { GroupProvisioner } from './group/provisioner.ts';
export { GuardError, type GuardErrorCode } from './guard/error.ts';
export { DeprovisioningHeld, type HeldDeprovisioning } from './guard/held-event.ts';
export type { Hold, HoldState } from './guard/hold/hold.ts';
export { type Decider, GuardHolds, type HeldItem, type PassedCustomer, type ShownHold } from './guard/holds.ts';
export { scimErrorFor } from './http/errors.ts';
export {
  type ImpactEvent,
  type ImpactedCustomer,
  type ImpactProgress,
  type ImpactSummary,
  MappingImpact,
} from './impact/impact.ts';
export {
  type MappingRun,
  MappingRunError,
  type MappingRunErrorCode,
  type MappingRunEvent,
  MappingRuns,
} from './impact/mapping-run.ts';
export type { GroupPreview } from './preview/group-preview.ts';
export type { Issue } from './preview/issue.ts';
export { type Difference, MappingPreview, type Preview, type PreviewQuestion } from './preview/preview.ts';
export { type ReceivedPayload, ReceivedPayloads } from './preview/received-payloads.ts';
export type { SignInPreview } from './preview/sign-in-preview.ts';
export type { PreviewStep } from './preview/trace.ts';
export { type Lights, Trials } from './preview/trials.ts';
export { type ProtectedCustomer, ProtectedCustomers, type ProtectedGroup } from './protection/protected-customers.ts';
export { RecordedSignIns } from './replay/recorded-sign-in.ts';
export { type DryReplay, ReplayError, type ReplayErrorCode, type Replayed, Replays } from './replay/replay.ts';
export type { ProvisioningContext } from './room.ts';
export { Memory } from './search/paging/memory.ts';
export { type SignInOccasion, signInContext } from './sign-in/context.ts';
export { mainEmail } from './sign-in/elements.ts';
export { type SignInRefusal, SignInRefused } from './sign-in/refused.ts';
export {
  type Arrival,
  type Remembered,
  type SignedIn,
  type SignInDisagreement,
  type SignInMemory,
  type SignInPolicy,
  SignIns,
  type ToRemember,
} from './sign-in/sign-ins.ts';
export { SignInUsers, type UserIdentity } from './sign-in/users.ts';
export { CustomerAdopted, type ProvisionedCustomer, UserProvisioned } from './user/events.ts';
export { UserProvisioner } from './user/provisioner.ts';
