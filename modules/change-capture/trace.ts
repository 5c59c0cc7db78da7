import { contribute, Traces } from '../framework/index.ts';
import { CaptureTriggers } from './trigger/capture-triggers.ts';

/** The triggers on the customers' tables, those of older versions included. */
export const captureTrace = contribute(Traces, { triggers: CaptureTriggers }, ({ triggers }) => ({
  name: 'change-capture.triggers',
  label: 'triggers',
  async found() {
    return (await triggers.status()).filter(({ state }) => state !== 'missing').map(({ name }) => name);
  },
  async remove() {
    await triggers.remove();
  },
}));
