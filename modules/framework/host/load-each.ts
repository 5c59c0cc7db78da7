import { BootError, type Problem } from '../boot/problem.ts';
import type { ModuleManifest } from '../module/manifest.ts';
import type { Installation } from './installation.ts';

/** Those of these modules that can be loaded, and why the others cannot. */
export async function loadEach(
  installation: Installation,
  names: readonly string[],
): Promise<{ readonly loaded: readonly ModuleManifest[]; readonly problems: readonly Problem[] }> {
  const loaded: ModuleManifest[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    try {
      loaded.push(...(await installation.load([name])));
    } catch (error) {
      if (!(error instanceof BootError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { loaded, problems };
}
