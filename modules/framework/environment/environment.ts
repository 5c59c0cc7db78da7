import { type ServiceToken, service } from '../module/token.ts';

/** Where and how this process runs: read once from variables at start, the same for every module. */
export interface Environment {
  readonly host: string;
  readonly port: number;
  /** Public URL without a slash at its end: the only source of URLs that are shown, sent or signed. */
  readonly baseUrl: string;
  /** `sqlite:<file, relative to root>`, `sqlite::memory:` or `mysql://…`. */
  readonly databaseUrl: string;
  readonly tablePrefix: string;
  /** Magento's `crypt/key`: the index is the key's version, the newest comes last. */
  readonly cryptKeys: readonly string[];
  readonly nodeEnv: 'development' | 'production' | 'test';
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** The project's folder: package.json, config/, var/. */
  readonly root: string;
  /** `CONFIG__…` variables as found. */
  readonly configOverrides: Readonly<Record<string, string>>;
}
export const Environment: ServiceToken<Environment> = service<Environment>('framework.Environment');
