import { type Executor, type ExtensionPoint, extensionPoint } from '../framework/index.ts';
import type { CustomerState } from './customer.ts';

/** What another room knows of a customer: shown by `customer:show`, and with it in its JSON under `key`. */
export interface CustomerPanel {
  /** The property in the JSON: lower case, one word. */
  readonly key: string;
  readonly label: string;
  /** Answers a plain JSON value, or undefined where the room has nothing to say. */
  read(db: Executor, customer: CustomerState): Promise<unknown>;
  /** The value in one line for a person. */
  print(value: unknown): string;
}
export const CustomerPanels: ExtensionPoint<CustomerPanel> = extensionPoint<CustomerPanel>('customer.Panels');
