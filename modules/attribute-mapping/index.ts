export { type MappingPanel, MappingPanels, SeenSources } from './admin/extension-points.ts';
export { documentWith } from './admin/row-page.tsx';
export { mappingPath } from './admin/workbench.ts';
export { compile } from './compile/compile.ts';
export type { CompileEnvironment, MappingEnvironment } from './compile/environment.ts';
export { customerUserUrn } from './custom/schema.ts';
export { checkDocument } from './document/check.ts';
export type {
  ConstantRow,
  DeclaredSource,
  Direction,
  DirectRow,
  ExpressionRow,
  Literal,
  LookupRow,
  MappingDocument,
  MappingRow,
  TemplateRow,
} from './document/document.ts';
export type { MappingIssue, MappingIssueCode } from './document/issue.ts';
export { mappingSchema } from './document/schema.ts';
export { addressFields, customerColumns, specialTargets } from './document/target.ts';
export { looksLikeEmail } from './fallback.ts';
export {
  addressPrefix,
  type Brought,
  type Computed,
  type ConnectionMapping,
  type Drift,
  ExpressionsPending,
  type MappedCustomer,
  type MappedValue,
  type MappingContext,
  type MappingMarks,
  type TargetRule,
  UserMapping,
} from './mapping.ts';
export { type CustomAttribute, customAttributes } from './preset/custom-attributes.ts';
export { presetFor } from './preset/presets.ts';
export { type Requirement, requirements } from './required/requirement.ts';
export { type RequirementState, stateOf } from './required/state.ts';
export { isKnownSource } from './source/known.ts';
export { parseSource } from './source/path.ts';
export { type Source, SourceFault } from './source/source.ts';
export {
  type PreparedTransform,
  type Transform,
  TransformError,
  type TransformErrorCode,
  type TransformOptions,
  Transforms,
} from './transform/transform.ts';
export {
  type ChangedField,
  type ChangedRow,
  difference,
  type MappingDifference,
  type MovedRow,
} from './version/difference.ts';
export { issueText, MappingError, type MappingErrorCode } from './version/mapping-error.ts';
export { MappingPublished, type PublishedVersion } from './version/mapping-published.ts';
export { describeRow } from './version/row-text.ts';
export {
  type MappingDraft,
  type MappingInEffect,
  type MappingVersion,
  MappingVersions,
  type Publication,
  type SavedDraft,
  type WhichMapping,
} from './version/version.ts';
