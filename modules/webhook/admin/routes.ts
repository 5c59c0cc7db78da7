import type { Route } from '../../framework/index.ts';
import { deliveryPage } from './delivery/page.tsx';
import { replayDelivery } from './delivery/replay.ts';
import { replaySpan, replaySpanPage } from './delivery/replay-span.tsx';
import { placeholdersPart } from './form/placeholders.tsx';
import { addWebhook, editWebhookPage, newWebhookPage, saveWebhook } from './form/saving.tsx';
import { resumeHeld } from './held/resume.ts';
import { connectionWebhooksPage, webhooksPage } from './list/pages.tsx';
import { rotateSecret, rotateSecretPage } from './secret/rotation.tsx';
import { deleteWebhook, deleteWebhookPage, switchWebhook, testWebhook } from './show/acts.tsx';
import { webhookPage } from './show/page.tsx';

/** The pages of webhooks; what is fixed stands before what has a parameter in its place. */
export const webhookPages: readonly Route[] = [
  connectionWebhooksPage,
  webhooksPage,
  newWebhookPage,
  addWebhook,
  placeholdersPart,
  resumeHeld,
  webhookPage,
  editWebhookPage,
  saveWebhook,
  testWebhook,
  switchWebhook,
  rotateSecretPage,
  rotateSecret,
  deleteWebhookPage,
  deleteWebhook,
  replaySpanPage,
  replaySpan,
  deliveryPage,
  replayDelivery,
];
