import type { Clock, ConfigReader, Logger } from '../../framework/index.ts';
import { readNetwork } from '../address/address.ts';
import { AddressList } from '../address/address-list.ts';
import type { limitSettings, networkSettings } from './settings.ts';

/** The configuration as requests need it: read and parsed already. */
export interface CurrentSettings {
  readonly requestsPerSecond: number;
  readonly burstSeconds: number;
  readonly badTokensPerMinute: number;
  readonly trustedProxies: AddressList;
}

const maxAge = 5_000;

/** Answers the settings at once while they are fresh, which is nearly always; a promise of them once in five seconds. */
export function currentSettings(
  limits: ConfigReader<(typeof limitSettings)['fields']>,
  network: ConfigReader<(typeof networkSettings)['fields']>,
  clock: Clock,
  logger: Logger,
): () => CurrentSettings | Promise<CurrentSettings> {
  let held: CurrentSettings | undefined;
  let readAt = 0;
  let reading: Promise<CurrentSettings> | undefined;

  function proxiesFrom(entries: readonly string[]): AddressList {
    if (held && held.trustedProxies.entries.join() === entries.join()) return held.trustedProxies;
    const wrong = entries.filter((entry) => !readNetwork(entry));
    if (wrong.length > 0)
      logger.warn(
        { wrong },
        'connection/network/trusted_proxies names what is no IP address or network; it is ignored',
      );
    return new AddressList(entries);
  }

  async function read(): Promise<CurrentSettings> {
    const began = clock.now().getTime();
    try {
      held = {
        requestsPerSecond: await limits.get('requests_per_second'),
        burstSeconds: await limits.get('burst_seconds'),
        badTokensPerMinute: await limits.get('bad_tokens_per_minute'),
        trustedProxies: proxiesFrom(await network.get('trusted_proxies')),
      };
      readAt = began;
      return held;
    } catch (error) {
      // The settings of a moment ago are better than no answer.
      if (!held) throw error;
      readAt = began;
      return held;
    } finally {
      reading = undefined;
    }
  }

  return () => {
    if (held && clock.now().getTime() - readAt < maxAge) return held;
    reading ??= read();
    return reading;
  };
}
