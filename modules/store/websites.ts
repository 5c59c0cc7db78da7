import { type ServiceToken, service } from '../framework/index.ts';

export interface Website {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** Where customers of the website are taken to belong when no store is said; 0 (admin) for one without stores. */
  readonly defaultStoreId: number;
  readonly isDefault: boolean;
}

export interface Store {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly websiteId: number;
  readonly active: boolean;
}

/**
 * Websites and their stores, read from `store_website`, `store_group` and `store`. Id 0 of both is the administration
 * and is a row like any other. What another process changes is seen within 5 s.
 */
export interface Websites {
  websites(): Promise<readonly Website[]>;
  stores(): Promise<readonly Store[]>;
  byId(id: number): Promise<Website | undefined>;
  byCode(code: string): Promise<Website | undefined>;
  /** The website marked as default; a store without one cannot work. @throws StoreError NO_DEFAULT_WEBSITE */
  default(): Promise<Website>;
  storeById(id: number): Promise<Store | undefined>;
  storeByCode(code: string): Promise<Store | undefined>;
  /** The store that stands for a website: the default one of its default group. */
  defaultStore(websiteId: number): Promise<Store | undefined>;
}
export const Websites: ServiceToken<Websites> = service<Websites>('store.Websites');

/** The store's own tables say something that cannot be worked with. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: 'NO_DEFAULT_WEBSITE';

  constructor(code: StoreError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
