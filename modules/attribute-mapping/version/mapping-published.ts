import type { Connection } from '../../connection/index.ts';
import { type Event, event } from '../../framework/index.ts';

/** Which version of whose mapping is in effect from now on. */
export interface PublishedVersion {
  readonly connection: Connection;
  readonly version: number;
}

/** Another version came into effect, be it new or a copy of an older one. Told in the transaction that publishes it. */
export const MappingPublished: Event<PublishedVersion> = event<PublishedVersion>('attribute-mapping.MappingPublished');
