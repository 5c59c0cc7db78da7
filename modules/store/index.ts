export { Attachment } from './attach/attachment.ts';
export { type Storefront, Storefronts } from './storefront.ts';
export { type VisitorAssets, visitorAssets } from './visitor/assets.ts';
export { type VisitorPage, visitorDocument } from './visitor/page.tsx';
export { type Store, StoreError, type Website, Websites } from './websites.ts';
