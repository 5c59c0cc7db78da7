import { type ExtensionPoint, extensionPoint } from '../module/token.ts';

/** What went wrong lately, for a support bundle: codes, kinds, ids and times, nothing that tells who somebody is. */
export interface RecentFaults {
  /** `<room>.<what>`. */
  readonly name: string;
  /** The newest, at most 50, by one cheap statement. */
  read(): Promise<readonly Readonly<Record<string, string | number | null>>[]>;
}

export const RecentFaults: ExtensionPoint<RecentFaults> = extensionPoint<RecentFaults>('framework.RecentFaults');
