import { Badge, type Tone } from '../../../admin/index.ts';
import type { Delivery, DeliveryState } from '../../delivery/deliveries.ts';

export const deliveryWords: Readonly<Record<DeliveryState, string>> = {
  waiting: 'Waiting',
  sending: 'Sending',
  delivered: 'Delivered',
  failed: 'Failed',
};

const tones: Readonly<Record<DeliveryState, Tone>> = {
  waiting: 'neutral',
  sending: 'info',
  delivered: 'good',
  failed: 'bad',
};

type Shown = Pick<Delivery, 'state' | 'status' | 'attempts' | 'held'>;

/** What waits for another attempt has failed before, which is worth a colour. */
const toneOf = ({ state, attempts, held }: Shown): Tone =>
  state === 'waiting' && (attempts > 0 || held) ? 'warn' : tones[state];

/** How far a delivery has come, with what was answered last. */
export function DeliveryBadge({ delivery }: { delivery: Shown }) {
  const { state, status, attempts, held } = delivery;
  const waiting = held ? 'Held' : attempts > 0 ? 'To be repeated' : deliveryWords.waiting;
  const word = state === 'waiting' ? waiting : deliveryWords[state];
  return (
    <Badge tone={toneOf(delivery)}>
      {word}
      {status !== null && ` ${status}`}
    </Badge>
  );
}

/** `340 ms`, `12 s`, `5 min`, `3 h`, `2 days`. */
export function spanWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
