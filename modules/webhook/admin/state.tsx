import { Badge, Moment, type Tone } from '../../admin/index.ts';
import type { Webhook } from '../webhook.ts';

export const webhookStates = ['delivering', 'failing', 'paused', 'disabled', 'off'] as const;
export type WebhookState = (typeof webhookStates)[number];

export const stateWords: Readonly<Record<WebhookState, string>> = {
  delivering: 'Delivering',
  failing: 'Failing',
  paused: 'Paused',
  disabled: 'Switched off by itself',
  off: 'Off',
};

const tones: Readonly<Record<WebhookState, Tone>> = {
  delivering: 'good',
  failing: 'warn',
  paused: 'warn',
  disabled: 'bad',
  off: 'neutral',
};

/** How a subscription fares. */
export function stateOf(webhook: Webhook, nowMs: number): WebhookState {
  if (!webhook.active) return webhook.disabledBecause === null ? 'off' : 'disabled';
  if (webhook.pausedUntilMs !== null && webhook.pausedUntilMs > nowMs) return 'paused';
  return webhook.failingSinceMs === null ? 'delivering' : 'failing';
}

export function StateBadge({ webhook, nowMs }: { webhook: Webhook; nowMs: number }) {
  const state = stateOf(webhook, nowMs);
  return <Badge tone={tones[state]}>{stateWords[state]}</Badge>;
}

/** Since when and why it is as it is; nothing where the badge says all. */
export function StateReason({ webhook, nowMs }: { webhook: Webhook; nowMs: number }) {
  const state = stateOf(webhook, nowMs);
  const { failingSinceMs, pausedUntilMs, disabledBecause } = webhook;
  if (state === 'disabled') return <>{disabledBecause}</>;
  const since = failingSinceMs !== null && (
    <>
      since <Moment at={new Date(failingSinceMs)} />
    </>
  );
  if (state === 'failing') return <>{since}</>;
  if (state !== 'paused' || pausedUntilMs === null) return null;
  return (
    <>
      until <Moment at={new Date(pausedUntilMs)} />
      {since && <>; failing {since}</>}
    </>
  );
}
