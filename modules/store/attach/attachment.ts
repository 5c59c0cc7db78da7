import { attachedModules, type Database, type ServiceToken, service } from '../../framework/index.ts';

/** Whose the store's tables are. */
export interface Attachment {
  /** True where they are a live Magento's, false where this host made them. It is decided once for all, by the first migration. */
  attached(): Promise<boolean>;
}
export const Attachment: ServiceToken<Attachment> = service<Attachment>('store.Attachment');

/** The service behind the token `Attachment`. */
export function createAttachment(database: Database): Attachment {
  let known: Promise<boolean> | undefined;
  return {
    attached() {
      known ??= attachedModules(database).then((modules) => modules.includes('store'));
      known.catch(() => {
        known = undefined;
      });
      return known;
    },
  };
}
