import { existsSync } from 'node:fs';
import type { Event } from '../module/event.ts';
import type { Installation } from './installation.ts';

/**
 * Ids of the events that enabled modules let others observe: those that the `index` beside their manifest exports. A
 * manifest does not name them, because observing one takes its import.
 */
export async function eventsOf(installation: Installation): Promise<readonly string[]> {
  const available = await installation.available();
  const manifests = (await installation.enabled()).flatMap((name) => available.get(name) ?? []);
  const exported = await Promise.all([new URL('../module', import.meta.url), ...manifests].map(exportsBeside));
  return [...new Set(exported.flat().filter(isEvent))].map(({ id }) => id);
}

async function exportsBeside(manifest: URL): Promise<readonly unknown[]> {
  const ending = manifest.pathname.endsWith('.js') || import.meta.url.endsWith('.js') ? 'js' : 'ts';
  const index = new URL(`./index.${ending}`, manifest);
  return existsSync(index) ? Object.values((await import(index.href)) as Record<string, unknown>) : [];
}

const isEvent = (value: unknown): value is Event<unknown> =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'event';
