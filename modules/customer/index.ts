export { missingAddressParts } from './address-row.ts';
export {
  type CustomerColumn,
  CustomerColumns,
  type CustomerMark,
  type CustomerMassAction,
  CustomerMassActions,
  type CustomerOwner,
  CustomerOwners,
} from './admin/extension-points.ts';
export {
  type AttributeDefinition,
  type AttributeOption,
  type BackendType,
  backendTypes,
  type CustomerAttribute,
  CustomerAttributes,
  type OptionDefinition,
} from './attributes/attribute.ts';
export { type AttributeForm, type AttributeInput, attributeForms, attributeInputs } from './attributes/input.ts';
export {
  type AddressChange,
  type Attributes,
  type AttributeValue,
  type CustomerAddress,
  type CustomerDetail,
  type CustomerDraft,
  type CustomerState,
  Customers,
  type PartialReading,
  type Reading,
  type Selection,
} from './customer.ts';
export { CustomerError, type CustomerErrorCode } from './customer-error.ts';
export {
  type CustomerAct,
  CustomerAdministered,
  CustomerAnonymised,
  type CustomerChange,
  CustomerDeleted,
  CustomerSaved,
  CustomerStandingChanged,
} from './customer-event.ts';
export { type CustomerToken, CustomerTokens } from './customer-token.ts';
export { isPlaceholderEmail, placeholderDomain } from './email.ts';
export { type CustomerGroup, CustomerGroups } from './group.ts';
export { isLockedOut, lockColumns, lockOutColumns, ourLock, restoreColumns } from './lock-out.ts';
export { Newsletter, subscriberStatus } from './newsletter.ts';
export { type CustomerPanel, CustomerPanels } from './panel.ts';
export { Passwords } from './password/passwords.ts';
export { ResetTokens } from './password/reset-tokens.ts';
export { type Region, Regions } from './region.ts';
export type { RowExpression, RowExpressions } from './row-expression.ts';
export { Sessions } from './session.ts';
export { toStored, type ValueKind } from './value.ts';
