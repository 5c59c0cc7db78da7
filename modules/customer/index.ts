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
export { gridAddress, pickedCustomers } from './admin/mass/picked.ts';
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
export { addressKinds } from './columns.ts';
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
  type Readings,
  type Selection,
} from './customer.ts';
export { CustomerError, type CustomerErrorCode } from './customer-error.ts';
export {
  type AddressWrite,
  type CustomerAct,
  CustomerAdministered,
  CustomerAnonymised,
  type CustomerChange,
  CustomerDeleted,
  CustomerPasswordSet,
  CustomerSaved,
  CustomerStandingChanged,
  CustomersMoved,
} from './customer-event.ts';
export { type CustomerToken, CustomerTokens } from './customer-token.ts';
export { isPlaceholderEmail, placeholderDomain } from './email.ts';
export { CustomerGrid, type GridDifference } from './grid-comparison.ts';
export { type CustomerGroup, CustomerGroups } from './group.ts';
export { isLockedOut, lockColumns, lockOutColumns, ourLock, restoreColumns } from './lock-out.ts';
export { Newsletter, subscriberStatus } from './newsletter.ts';
export { type CustomerPanel, CustomerPanels } from './panel.ts';
export { CustomerAuthentication } from './password/authentication.ts';
export { Passwords } from './password/passwords.ts';
export type { PasswordRule } from './password/policy.ts';
export { ResetTokens } from './password/reset-tokens.ts';
export { type Region, Regions } from './region.ts';
export type { RowExpression, RowExpressions } from './row-expression.ts';
export { Sessions } from './session.ts';
export { toStored, type ValueKind } from './value.ts';
