export { Attachment } from './attach/attachment.ts';
export { type Storefront, Storefronts } from './storefront.ts';
export { type Store, StoreError, type Website, Websites } from './websites.ts';
