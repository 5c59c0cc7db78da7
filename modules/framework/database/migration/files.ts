import { readdir } from 'node:fs/promises';
import { DatabaseError } from '../errors.ts';
import type { Migration, MigrationSource, MigrationStep } from './migration.ts';

export interface MigrationFile extends MigrationStep {
  readonly url: URL;
}

/** Sources run as `.ts` under tsx, built ones as `.js`; where both lie side by side, like this file. */
const preferred = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/**
 * A module's migrations in file-name order. Files that start with a digit are migrations and must read
 * `NNNN-words.ts` (or `.js`); all others, such as `.d.ts`, `.map` and data, are left alone.
 */
export async function migrationFiles(source: MigrationSource): Promise<MigrationFile[]> {
  const folder = new URL(source.migrations.href.replace(/\/?$/, '/'));
  const files = new Map<string, MigrationFile>();
  for (const file of (await entries(source, folder)).sort()) {
    if (!/^\d/.test(file) || /\.(?:d\.ts|map)$/.test(file)) continue;
    const [, name, ending] = /^(\d{4}-[a-z0-9]+(?:-[a-z0-9]+)*)(\.ts|\.js)$/.exec(file) ?? [];
    if (name === undefined) {
      throw new DatabaseError('DB_MIGRATION', `Module ${source.name}: ${file} is no migration; name it NNNN-words.ts`);
    }
    if (files.has(name) && ending !== preferred) continue;
    files.set(name, { module: source.name, name, url: new URL(file, folder) });
  }
  return [...files.values()];
}

async function entries(source: MigrationSource, folder: URL): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw new DatabaseError(
      'DB_MIGRATION',
      `Module ${source.name}: its migrations folder ${folder.pathname} is missing`,
      {
        cause: error,
      },
    );
  }
}

/** Loads a migration; throws DB_MIGRATION when its default export is not one. */
export async function loadMigration(file: MigrationFile): Promise<Migration> {
  const loaded: { default?: Partial<Migration> } = await import(file.url.href);
  if (typeof loaded.default?.up !== 'function') {
    throw new DatabaseError(
      'DB_MIGRATION',
      `Module ${file.module}: ${file.name} does not export a migration; write export default migration({ up })`,
    );
  }
  return loaded.default as Migration;
}
