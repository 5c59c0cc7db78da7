import { ownAddresses } from '../../../modules/saml/provider/addresses.ts';
import { everyCustomerEvent, miniOrangeFields } from '../../../modules/webhook/admin/form/fields.ts';

const baseUrl = '<BASE_URL>';
const saml = Object.entries(ownAddresses(baseUrl, '<connection>'));

/** What stands in a page where the Setup Guide has a value of the store. */
export const exampleValues: Readonly<Record<string, string>> = {
  baseUrl: `${baseUrl}/scim/v2`,
  ...Object.fromEntries(saml.map(([name, value]) => [`saml.${name}`, value])),
  'storeApi.hash': '<store hash>',
  'storeApi.path': `${baseUrl}/stores/<store hash>/v3/`,
  'webhook.scope': everyCustomerEvent,
  'webhook.destination': miniOrangeFields.destination,
};
