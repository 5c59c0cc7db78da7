import type { MigrationSource } from '../database/index.ts';
import type { ModuleManifest } from '../module/manifest.ts';

/** The migration folders of modules, in module order. */
export function migrationSources(modules: readonly ModuleManifest[]): readonly MigrationSource[] {
  return modules.flatMap(({ name, migrations, foreign }) => [
    ...(foreign ? [{ name, migrations: foreign.migrations, foreign }] : []),
    ...(migrations ? [{ name, migrations }] : []),
  ]);
}
