export { scimOperations } from './description/operations.ts';
export { type Deviation, type DeviationName, deviations } from './deviation/deviations.ts';
export type { AuthenticationScheme, ServiceProviderConfig } from './discovery/service-provider-config.ts';
export { type ErrorBody, ScimError, type ScimErrorCode, type ScimType } from './error.ts';
export { elementMatches, evaluate } from './filter/evaluate.ts';
export {
  type And,
  allOf,
  anyOf,
  type Compare,
  type CompareOperator,
  type Filter,
  type FilterValue,
  type FilterVisitor,
  type Not,
  type Or,
  type Present,
  type ValuePath,
  visit,
} from './filter/filter.ts';
export { parseFilter } from './filter/parse.ts';
export { printFilter } from './filter/print.ts';
export { parseDateTime } from './filter/value.ts';
export { compareCodePoints, fold, foldPart } from './fold.ts';
export { Course, type CourseStep } from './http/course.ts';
export { type Carried, type Errand, type ScimDesk, scimDesk } from './http/desk.ts';
export type { ListQuery, ListResult, RequestContext, ResourceHandler } from './http/handler.ts';
export { jsonTextOf, pageOfTexts, withJsonText } from './http/json-text.ts';
export type { Arrival, Finished, Intention, Operation, ScimLimits, ScimRouterOptions } from './http/options.ts';
export { defaultLimits } from './http/options.ts';
export { scimRouter } from './http/router.ts';
export { LIST_RESPONSE_SCHEMA, type ListResponse, listResponse } from './messages/list-response.ts';
export { type Mode, type Reading, reading } from './mode.ts';
export { applyPatch } from './patch/apply.ts';
export { PATCH_OP_SCHEMA, readPatch } from './patch/message.ts';
export type { PatchOperation, PatchResult, RemoveOperation, WriteOperation } from './patch/operation.ts';
export { type AttributePath, printPath, type Resolution, resolveName } from './path/attribute-path.ts';
export {
  type AttributeTarget,
  type ExtensionTarget,
  type PatchPath,
  parsePath,
  printPatchPath,
} from './path/patch-path.ts';
export { everything, type Projection, parseProjection, project, wants } from './projection/projection.ts';
export {
  conflict,
  expiredCursor,
  forbidden,
  held,
  internal,
  invalidCount,
  invalidCursor,
  invalidFilter,
  invalidPath,
  invalidSyntax,
  invalidValue,
  invalidVers,
  methodNotAllowed,
  mutability,
  noTarget,
  notFound,
  notImplemented,
  payloadTooLarge,
  preconditionFailed,
  sensitive,
  tooMany,
  tooManyRequests,
  unauthorized,
  unavailable,
  uniqueness,
  unknownEndpoint,
  unsupportedMediaType,
} from './refusal.ts';
export { type Annotation, annotation } from './resource/annotation.ts';
export { checkImmutable } from './resource/immutable.ts';
export { type NormalizedResource, normalizeResource } from './resource/normalize.ts';
export { isObject, isUnassigned, type Resource, sameJson } from './resource/resource.ts';
export { schemasOf } from './resource/schemas-of.ts';
export { mainValueAt } from './resource/sort-value.ts';
export type { AttributeDeclaration, AttributeDefinition, AttributeType } from './schema/attribute.ts';
export { enterpriseUserSchema } from './schema/enterprise-user.ts';
export { groupResourceType, groupSchema } from './schema/group.ts';
export {
  defineResourceType,
  extendResourceType,
  type ResourceType,
  type ResourceTypeDeclaration,
  type SchemaExtension,
} from './schema/resource-type.ts';
export { defineSchema, type Schema, type SchemaDeclaration } from './schema/schema.ts';
export { userResourceType, userSchema } from './schema/user.ts';
export { namesVersion, requireMatch } from './version/precondition.ts';
export { versionOf } from './version/version.ts';
