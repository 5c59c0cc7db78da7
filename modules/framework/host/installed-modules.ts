import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface PackageFile {
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly vestibule?: { readonly module?: string; readonly name?: string };
}

/**
 * Modules among the packages that the project itself depends on: those whose package.json says
 * `"vestibule": { "module": "./dist/module.js" }`. The module's name is `vestibule.name`, or else the package's without
 * its scope, so that nothing has to be run to know it.
 */
export async function installedModules(root: string): Promise<[string, URL][]> {
  const project = await packageFile(root);
  const names = Object.keys({ ...project?.dependencies, ...project?.optionalDependencies });
  const found = await Promise.all(
    names.map(async (name): Promise<[string, URL] | undefined> => {
      const folder = join(root, 'node_modules', name);
      const says = (await packageFile(folder))?.vestibule;
      if (says?.module === undefined) return undefined;
      return [says.name ?? name.slice(name.lastIndexOf('/') + 1), pathToFileURL(join(folder, says.module))];
    }),
  );
  return found.filter((entry) => entry !== undefined);
}

async function packageFile(folder: string): Promise<PackageFile | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageFile;
  } catch {
    return undefined; // an optional dependency that is not installed here
  }
}
