import { attachedModules, type Database, type ServiceToken, service } from '../../framework/index.ts';

/** Whose the store's tables are. */
export interface Attachment {
  /** True where they are a live Magento's, false where this host made them. It is decided once for all, by the first migration. */
  attached(): Promise<boolean>;
}
export const Attachment: ServiceToken<Attachment> = service<Attachment>('store.Attachment');

/** The service behind the token `Attachment`. */
export function createAttachment(database: Database): Attachment {
  let known: boolean | undefined;
  return {
    async attached() {
      if (known !== undefined) return known;
      const modules = await attachedModules(database);
      if (modules) known = modules.includes('store');
      return known ?? false;
    },
  };
}
