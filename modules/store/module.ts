import { Clock, ConfigStorage, Database, defineModule, onStart, provide } from '../framework/index.ts';
import { Attachment, createAttachment } from './attach/attachment.ts';
import { attachCheck } from './attach/check-command.ts';
import { keyWarning, magentoCheckup } from './attach/checkup.ts';
import { magentoTables } from './attach/magento.ts';
import { configurationTrace } from './attach/trace.ts';
import { createConfigStorage } from './config-storage.ts';
import { createWebsites } from './create-websites.ts';
import { createStorefronts, Storefronts, secureWeb, storeInformation } from './storefront.ts';
import { Websites } from './websites.ts';

export default defineModule({
  name: 'store',
  version: '0.1.0',
  host: '^1',
  acl: { 'store::config': 'Configure store information and addresses' },
  config: [storeInformation, secureWeb],
  foreign: magentoTables,
  migrations: new URL('./migrations/', import.meta.url),
  contributes: [configurationTrace, magentoCheckup],
  commands: [attachCheck],
  provides: [
    provide(Websites, { database: Database, clock: Clock }, ({ database, clock }) => createWebsites(database, clock)),
    provide(Attachment, { database: Database }, ({ database }) => createAttachment(database)),
    provide(
      ConfigStorage,
      { database: Database, websites: Websites, clock: Clock, attachment: Attachment },
      ({ database, websites, clock, attachment }) => createConfigStorage(database, websites, clock, attachment),
    ),
    provide(
      Storefronts,
      { websites: Websites, information: storeInformation.token, web: secureWeb.token },
      ({ websites, information, web }) => createStorefronts(websites, information, web),
    ),
  ],
  hooks: [
    keyWarning,
    // The first request may ask inside a transaction, where the first load could not be made.
    onStart('store.websites', { websites: Websites }, async ({ websites }) => {
      await websites.websites();
    }),
  ],
});
