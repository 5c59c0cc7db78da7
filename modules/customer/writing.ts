import type { ConfigReader, Events, Transaction } from '../framework/index.ts';
import type { Websites } from '../store/index.ts';
import type { Metadata, MetadataCache } from './attributes/metadata.ts';
import type { Attributes, AttributeValue } from './customer.ts';
import { CustomerError } from './customer-error.ts';
import type { Regions } from './region.ts';
import type { accountShare, createAccount } from './settings.ts';
import { toStored } from './value.ts';

/** What every writer of customers needs. */
export interface Writing {
  readonly metadata: MetadataCache;
  readonly websites: Websites;
  readonly regions: Regions;
  readonly events: Events;
  readonly accountShare: ConfigReader<(typeof accountShare)['fields']>;
  readonly createAccount: ConfigReader<(typeof createAccount)['fields']>;
}

/**
 * Answers metadata that knows all these codes. A code that is not known yet may have been created a moment ago by
 * somebody else, so it is looked for once more before it is refused.
 *
 * @throws CustomerError `CUSTOMER_ATTRIBUTE_UNKNOWN`
 */
export async function metadataFor(writing: Writing, tx: Transaction, codes: Attributes): Promise<Metadata> {
  const known = await writing.metadata.get(tx);
  if (firstUnknown(known, codes) === undefined) return known;
  const fresh = await writing.metadata.asSeenBy(tx);
  const unknown = firstUnknown(fresh, codes);
  if (unknown === undefined) return fresh;
  throw new CustomerError(
    'CUSTOMER_ATTRIBUTE_UNKNOWN',
    `There is no customer attribute "${unknown}". Create it, or correct the code where it is mapped.`,
    unknown,
  );
}

function firstUnknown(metadata: Metadata, codes: Attributes): string | undefined {
  for (const code in codes) {
    if (!metadata.kinds.has(code) && code !== 'rp_token' && code !== 'password_hash' && code !== 'entity_id')
      return code;
  }
  return undefined;
}

/** The value as the row will hold it. The code is known to the metadata. */
export function stored(metadata: Metadata, code: string, value: AttributeValue): AttributeValue {
  const kind = metadata.kinds.get(code);
  const written = kind === undefined ? value : toStored(code, kind, value);
  if (code === 'group_id' && (written === 0 || written === 32_000)) {
    throw new CustomerError(
      'CUSTOMER_GROUP_INVALID',
      `Customer group ${written} is not for customers: 0 means "not logged in" and 32000 "all groups". Choose another.`,
      code,
    );
  }
  return written;
}
