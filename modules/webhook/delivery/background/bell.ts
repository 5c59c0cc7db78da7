import { type ServiceToken, service } from '../../../framework/index.ts';

/** Tells delivery that something waits: who enqueues does not know who delivers. */
export interface Bell {
  ring(): void;
  answer(by: () => void): void;
}
export const Bell: ServiceToken<Bell> = service<Bell>('webhook.Bell');

export function createBell(): Bell {
  let answered: () => void = () => {};
  return {
    ring: () => answered(),
    answer(by) {
      answered = by;
    },
  };
}
