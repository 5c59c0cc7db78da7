export type CustomerErrorCode =
  | 'CUSTOMER_ATTRIBUTE_UNKNOWN'
  | 'CUSTOMER_ATTRIBUTE_GUARDED'
  | 'CUSTOMER_ATTRIBUTE_DIFFERS'
  | 'CUSTOMER_ATTRIBUTE_EXISTS'
  | 'CUSTOMER_ATTRIBUTE_INVALID'
  | 'CUSTOMER_VALUE_INVALID'
  | 'CUSTOMER_VALUE_TOO_LONG'
  | 'CUSTOMER_WEBSITE_UNKNOWN'
  | 'CUSTOMER_STORE_FOREIGN'
  | 'CUSTOMER_ADDRESS_UNKNOWN'
  | 'CUSTOMER_GROUP_INVALID'
  | 'CUSTOMER_UNKNOWN'
  | 'CUSTOMER_PASSWORD_WEAK';

/** A customer, address, attribute or group that cannot be written so. `attribute` is Magento's code where one is at fault. */
export class CustomerError extends Error {
  readonly code: CustomerErrorCode;
  readonly attribute: string | undefined;
  constructor(code: CustomerErrorCode, message: string, attribute?: string) {
    super(message);
    this.name = 'CustomerError';
    this.code = code;
    this.attribute = attribute;
  }
}
