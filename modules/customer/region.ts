import type { Executor, ServiceToken } from '../framework/index.ts';
import { service } from '../framework/index.ts';

/** A region as an address holds it: a known one with its id and name, else the text as given and no id. */
export interface Region {
  readonly region: string | null;
  readonly regionId: number | null;
}

/**
 * The store's regions. All of them are kept in memory; a copy older than five minutes is replaced in the background.
 * The first reader pays one statement: inside a transaction it must pass `tx`.
 */
export interface Regions {
  /**
   * Finds the region that a text means in a country: by its code, by an ISO 3166-2 code with or without the country, by
   * its default name or a localised one, without regard to case. What is not found stays free text.
   */
  resolve(countryId: string, text: string | null, db?: Executor): Promise<Region>;
  /** The region with this id, if the country has it. */
  byId(countryId: string, id: number, db?: Executor): Promise<Region | undefined>;
}
export const Regions: ServiceToken<Regions> = service<Regions>('customer.Regions');
