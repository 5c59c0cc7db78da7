import { SetupFacts } from '../../connection/index.ts';
import { contribute } from '../../framework/index.ts';
import { operatorSettings } from '../settings.ts';

/** What an identity administrator is told when a set-up is finished: whether the store hears of trouble by mail. */
export const mailFacts = contribute(SetupFacts, { config: operatorSettings.token }, ({ config }) => ({
  async of() {
    const { length } = await config.get('recipients');
    const who = length === 0 ? 'nobody' : length === 1 ? 'one administrator of the store' : `${length} administrators`;
    return [['Told by mail of held changes and ending tokens', who]];
  },
}));
