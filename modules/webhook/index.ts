export {
  type Backlog,
  Deliveries,
  type Delivery,
  type DeliveryFilter,
  type DeliveryState,
  deliveryStates,
  type TestAnswer,
} from './delivery/deliveries.ts';
export { type HookEvent, HookEvents, type HookScope, HookScopes } from './hook-event.ts';
export {
  type NewWebhook,
  type PayloadForm,
  payloadForms,
  type Webhook,
  type WebhookChanges,
  type WebhookSecrets,
  Webhooks,
} from './webhook.ts';
