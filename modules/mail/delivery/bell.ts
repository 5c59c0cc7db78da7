import { type ServiceToken, service } from '../../framework/index.ts';

/** Rung when a mail was queued. By itself, so that a template may need a service that queues mails. */
export interface Bell {
  ring(): void;
  /** From now on `listener` is called instead of the one before. */
  answer(listener: () => void): void;
}
export const Bell: ServiceToken<Bell> = service<Bell>('mail.Bell');

export function createBell(): Bell {
  let called: () => void = () => {};
  return {
    ring: () => called(),
    answer(listener) {
      called = listener;
    },
  };
}
