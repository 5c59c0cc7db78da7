import type { Executor, ServiceToken, Transaction } from '../../framework/index.ts';
import { service } from '../../framework/index.ts';
import type { ValueKind } from '../value.ts';
import type { AttributeInput } from './input.ts';

/** The EAV value tables. The suffix of the table is the backend type. */
export const backendTypes = ['varchar', 'int', 'decimal', 'text', 'datetime'] as const;
export type BackendType = (typeof backendTypes)[number];

/** What each value table can hold. */
export const backendKinds: Readonly<Record<BackendType, ValueKind>> = {
  varchar: { is: 'text', max: 255 },
  int: { is: 'int', min: -2_147_483_648, max: 2_147_483_647 },
  decimal: { is: 'decimal' },
  text: { is: 'text', max: 65_535, bytes: true },
  datetime: { is: 'datetime' },
};

/** A choice of a select attribute. Its id is what the customer's row holds; its label is the administration's. */
export interface AttributeOption {
  readonly id: number;
  readonly label: string;
}

export interface CustomerAttribute {
  readonly id: number;
  readonly code: string;
  /** `static` for a column of `customer_entity`, else the value table. */
  readonly backendType: BackendType | 'static';
  readonly table: string;
  readonly input: string;
  /** The PHP class that knows the choices; null and Magento's `Source\\Table` mean `options`. */
  readonly source: string | null;
  /** What its column or value table holds; undefined for a column that this room does not read. */
  readonly kind: ValueKind | undefined;
  readonly label: string;
  readonly userDefined: boolean;
  /** Shown to customers and in forms; stores switch stock attributes such as `gender` on and off with this. */
  readonly visible: boolean;
  readonly required: boolean;
  /** Has, after Magento's next full reindex, a column of its own in the customer grid. */
  readonly usedInGrid: boolean;
  readonly options: readonly AttributeOption[];
}

/** A choice to be made. */
export interface OptionDefinition {
  /** What the administration shows, and what is mapped by. */
  readonly label: string;
  /** What store views show instead, by their codes. */
  readonly storeLabels?: Readonly<Record<string, string>>;
}

/** A custom attribute to be made. */
export interface AttributeDefinition {
  /** Lower case letters, digits and underscores, at most 60 characters, a letter first: Magento's own rule. */
  readonly code: string;
  readonly backendType: BackendType;
  readonly label: string;
  /** Magento's input; follows from the backend type when absent (text, textarea, date). */
  readonly input?: AttributeInput;
  /** Choices of a select or multiselect, in this order. */
  readonly options?: readonly (string | OptionDefinition)[];
  /** A text, yes or no, a day; of a select the label of a choice, of a multiselect labels with commas. */
  readonly defaultValue?: string;
  /** Magento's forms insist on a value; identity providers are never asked for one. */
  readonly required?: boolean;
  readonly sortOrder?: number;
  /** Forms that show it; the administration's customer form by default. */
  readonly forms?: readonly string[];
  /** A column in the administration's list of customers, after Magento's next reindex; none by default. */
  readonly grid?: { readonly filterable?: boolean; readonly searchable?: boolean };
}

/**
 * Metadata of customer attributes. Reads are served from memory: outside a transaction they are at most five seconds
 * old; inside one, never re-read (see `Customers.selection`).
 */
export interface CustomerAttributes {
  all(db: Executor): Promise<readonly CustomerAttribute[]>;
  /** Reads them now, as this transaction sees them: for whoever would refuse what `all` may only not know yet. */
  seenBy(tx: Executor): Promise<readonly CustomerAttribute[]>;
  /** What is in memory: the same list until it is read anew, empty before the first reading. */
  known(): readonly CustomerAttribute[];
  /** Says that another process has made attributes: the next `all` outside a transaction reads them anew. */
  expire(): void;
  byCode(db: Executor, code: string): Promise<CustomerAttribute | undefined>;
  /** The id of the option with this label, compared without case and outer blanks; undefined when there is none. */
  optionId(db: Executor, code: string, label: string): Promise<number | undefined>;
  optionLabel(db: Executor, code: string, id: number): Promise<string | undefined>;
  /**
   * Creates the custom attributes that are missing, as Magento's administration would, and answers those it created.
   * An attribute that exists is left alone; several processes may do this at once. With `differing: 'left'` one of
   * another backend type is as good, for who can do without.
   *
   * @throws CustomerError `CUSTOMER_ATTRIBUTE_DIFFERS` when one exists with another backend type,
   *   `CUSTOMER_ATTRIBUTE_INVALID` for a bad code
   */
  ensure(
    tx: Transaction,
    definitions: readonly AttributeDefinition[],
    options?: { readonly differing?: 'refused' | 'left' },
  ): Promise<readonly string[]>;
  /**
   * Creates one custom attribute with everything that Magento's administration writes for it. Of several who do this at
   * once one succeeds.
   *
   * @throws CustomerError `CUSTOMER_ATTRIBUTE_EXISTS`; `CUSTOMER_ATTRIBUTE_INVALID`, which names all that is wrong
   */
  create(tx: Transaction, definition: AttributeDefinition, now: Date): Promise<CustomerAttribute>;
}
export const CustomerAttributes: ServiceToken<CustomerAttributes> =
  service<CustomerAttributes>('customer.CustomerAttributes');
