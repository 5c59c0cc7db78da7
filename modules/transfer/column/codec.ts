import { type AttributeValue, CustomerError, toStored, type ValueKind } from '../../customer/index.ts';
import { ValueRefused } from '../transfer-error.ts';

/** How the values of one attribute stand in a file. Both ways in one place, so that what was exported comes back. */
export interface Codec {
  /** Never called with null: that is an empty cell. */
  toText(value: string | number): string;
  /**
   * The value as a row holds it.
   *
   * @throws ValueRefused
   */
  toValue(text: string): AttributeValue;
}

/** What the customer room says of a value, as a refusal. */
export function storedValue(code: string, kind: ValueKind, value: AttributeValue): AttributeValue {
  try {
    return toStored(code, kind, value);
  } catch (error) {
    if (error instanceof CustomerError) throw new ValueRefused(error.message.replace(' or its mapping', ''));
    throw error;
  }
}

/** Values that stand in a file as they stand in the row. */
export const plainCodec = (code: string, kind: ValueKind): Codec => ({
  toText: String,
  toValue: (text) => storedValue(code, kind, kind.is === 'text' ? text : text.trim()),
});
