import { type Executor, type ExtensionPoint, extensionPoint } from '../framework/index.ts';
import type { CustomerState } from './customer.ts';

/** What another room knows of a customer: shown by `customer:show`, in its JSON as the property `key`. */
export interface CustomerPanel {
  /** Lower case, one word: `connection`. */
  readonly key: string;
  /** Answers a plain JSON value, or undefined where the room has nothing to say. */
  read(db: Executor, customer: CustomerState): Promise<unknown>;
}
export const CustomerPanels: ExtensionPoint<CustomerPanel> = extensionPoint<CustomerPanel>('customer.Panels');
