export { customerUserUrn } from './custom/schema.ts';
export { type CustomAttribute, customAttributes } from './default-rules.ts';
export { looksLikeEmail } from './fallback.ts';
export {
  addressPrefix,
  type Drift,
  type MappedCustomer,
  type MappedValue,
  type MappingContext,
  UserMapping,
} from './mapping.ts';
