import { readdirSync, readFileSync } from 'node:fs';
import type { Profile } from '../../modules/connection/index.ts';
import type { Trace } from './replay.ts';

/** A trace, and the profile of the connection that this provider's people choose. */
export interface RecordedTrace {
  readonly trace: Trace;
  readonly profile: Profile;
}

const folder = new URL('./traces/', import.meta.url);

/** By the beginning of the file's name; whoever has no profile of its own is generic. */
const profileOf: Readonly<Record<string, Profile>> = {
  okta: 'okta',
  entra: 'entra',
  miniorange: 'miniorange',
  onelogin: 'onelogin',
  jumpcloud: 'jumpcloud',
  google: 'google',
  ping: 'pingone',
};

export const recordedTraces: readonly RecordedTrace[] = readdirSync(folder)
  .sort()
  .map((file) => ({
    trace: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Trace,
    profile: profileOf[file.split('-')[0] ?? ''] ?? 'generic',
  }));
