export { DeliveryJobs } from './delivery/background/jobs.ts';
export {
  type Backlog,
  Deliveries,
  type Delivery,
  type DeliveryFilter,
  type DeliveryState,
  deliveryStates,
  type TestAnswer,
} from './delivery/deliveries.ts';
export { WebhookDisabled } from './delivery/endpoint/disabled.ts';
export { type HookEvent, HookEvents, type HookScope, HookScopes } from './hook-event.ts';
export { type StoreAddress, storeAddress } from './payload/store-address.ts';
export { type StoreCustomer, storeCustomer } from './payload/store-customer.ts';
export { HookCatalogue, type ScopeChoice, scopeChoices } from './scope/catalogue.ts';
export { scopeCovers } from './scope/scope.ts';
export { type Placeholder, placeholdersIn } from './subscription/placeholder.ts';
export { warningsOf } from './subscription/warnings.ts';
export {
  type NewWebhook,
  type PayloadForm,
  payloadForms,
  type Webhook,
  type WebhookChanges,
  type WebhookSecrets,
  Webhooks,
} from './webhook.ts';
export { WebhookError, type WebhookErrorCode, type WebhookField } from './webhook-error.ts';
