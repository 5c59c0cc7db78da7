import type { AttributeValue } from '../../customer/index.ts';

/** What a file wants of an address. */
export interface WantedAddress {
  readonly line: number;
  readonly id: number | undefined;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly defaultBilling: boolean | undefined;
  readonly defaultShipping: boolean | undefined;
}

/** What a file wants of a customer, in the values of the store. What it does not say is not there. */
export interface Wanted {
  readonly line: number;
  /** The customer's entity id; otherwise e-mail and website say whom it is about. */
  readonly id: number | undefined;
  readonly email: string | undefined;
  readonly websiteId: number | undefined;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly createdAt: string | undefined;
  readonly active: boolean | undefined;
  readonly subscribed: boolean | undefined;
  readonly password: string | undefined;
  readonly passwordHash: string | undefined;
  readonly addresses: readonly WantedAddress[];
}

/** E-mails are the same when they differ in case alone: what the collation holds for the same besides is not linked. */
export const foldEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
