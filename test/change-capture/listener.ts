import { ChangesCaptured } from '../../modules/change-capture/index.ts';
import { defineModule, observe } from '../../modules/framework/index.ts';

/** Observes every change and does nothing with it: while it is there, own changes leave their rows. */
export const listener = defineModule({
  name: 'listener',
  version: '1.0.0',
  sequence: ['change-capture'],
  observers: [observe(ChangesCaptured, { id: 'listener.all', when: 'committed', handle: () => {} })],
});
