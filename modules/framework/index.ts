export type { PluginDescription } from './boot/describe-plugins.ts';
export { type Declared, Inventory, type Override } from './boot/inventory.ts';
export { BootError, type Problem, type ProblemCode } from './boot/problem.ts';
export { inRange } from './boot/version-range.ts';
export { type Checkup, Checkups, type Finding, type Severity } from './checkup/checkup.ts';
export { RecentFaults } from './checkup/recent-faults.ts';
export { type Command, type CommandIo, command, type OptionDeclaration, type Options } from './cli/command.ts';
export { CommandError, UsageError } from './cli/context.ts';
export { operator } from './cli/operator.ts';
export { type CliInput, runCli } from './cli/run.ts';
export { type Aging, aging } from './config/aging.ts';
export {
  type CommandedConfig,
  ConfigCommanded,
  type ConfigCommandment,
  type ConfigCommandParts,
  setByCommand,
} from './config/commanded.ts';
export { Config, type ConfigEntry } from './config/config.ts';
export { ConfigError, type ConfigErrorCode } from './config/error.ts';
export {
  type ConfigField,
  type ConfigFields,
  type ConfigReader,
  type ConfigScope,
  type ConfigScopeName,
  type ConfigSection,
  type ConfigValue,
  configSection,
} from './config/section.ts';
export {
  type ConfigKey,
  type ConfigRow,
  type ConfigScopes,
  ConfigStorage,
  type StoredScope,
} from './config/storage.ts';
export { formatValue, parseValue } from './config/value.ts';
export { Continuity, DatabaseRestored, type Restored } from './continuity/continuity.ts';
export * from './database/index.ts';
export { Clock, systemClock } from './environment/clock.ts';
export { Environment } from './environment/environment.ts';
export { announcement } from './host/announce.ts';
export { createHost } from './host/create-host.ts';
export type { Told } from './host/first-start.ts';
export { boundHeap } from './host/heap.ts';
export type { Host, HostOptions, Started } from './host/host.ts';
export { type Installation, installationAt } from './host/installation.ts';
export { attachToProcess, fail } from './host/process.ts';
export { HOST_VERSION } from './host/version.ts';
export { type Actor, actFor, actorOf } from './http/actor.ts';
export { Authorizer, type Verdict } from './http/authorizer.ts';
export { HttpError, sendError } from './http/error.ts';
export { ErrorPages, type Refusal } from './http/error-pages.ts';
export { requestIdOf } from './http/front.ts';
export { type JsonSchema, json, type Members } from './http/json-schema.ts';
export {
  type Answer,
  answer,
  type Content,
  type MountedOperation,
  type Operation,
  type SecurityScheme,
  Variable,
  variable,
} from './http/operation.ts';
export { type Access, type FrontHandler, type Mount, mount, type Route, route } from './http/route.ts';
export { createLogger, Logger, silentLogger } from './log/logger.ts';
export { type Gauge, Gauges } from './metrics/gauge.ts';
export * from './module/event.ts';
export * from './module/hook.ts';
export * from './module/manifest.ts';
export * from './module/plugin.ts';
export * from './module/provision.ts';
export * from './module/token.ts';
export { checkDestination } from './outgoing/check-destination.ts';
export {
  Outgoing,
  type OutgoingAnswer,
  OutgoingError,
  type OutgoingErrorCode,
  type OutgoingRequest,
} from './outgoing/outgoing.ts';
export { Presence, ProcessEnded } from './presence/presence.ts';
export { heldBy, newHolder } from './presence/process-name.ts';
export { runningProcesses } from './presence/running.ts';
export { generateKey, splitKeys } from './secret/crypt-key.ts';
export { createEncryptor, EncryptionError, Encryptor } from './secret/encryptor.ts';
export { digestOf, hashPassword, parseHash, type StoredHash } from './secret/password-hash.ts';
export { randomText } from './secret/random-text.ts';
export { createTestHost, type TestHost, type TestHostOptions } from './testing/test-host.ts';
export { csvCell, withoutGuard } from './text/csv-cell.ts';
export { type Trace, Traces } from './trace/trace.ts';
