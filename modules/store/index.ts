export { type Store, StoreError, type Website, Websites } from './websites.ts';
