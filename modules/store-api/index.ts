export { type ApiAccount, ApiAccounts, type NewApiAccount } from './account/api-account.ts';
export { type Credentials, credentialsFile } from './account/credentials.ts';
export { type StoreFaults, StoreRefusal, type StoreRefusalCode } from './refusal.ts';
