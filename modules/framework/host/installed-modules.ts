import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface PackageFile {
  readonly version?: string;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly vestibule?: { readonly module?: string; readonly name?: string; readonly host?: string };
}

/** A module that came as a package, as far as its package.json tells: nothing has to be run to know it. */
export interface InstalledModule {
  /** `vestibule.name`, or else the package's name without its scope. */
  readonly name: string;
  readonly file: URL;
  /** Name and version of the package, for reports. */
  readonly package: string;
  /** `vestibule.host`: the hosts it works with. Read here, because one for another host may not even load. */
  readonly host: string | undefined;
}

/**
 * Modules among the packages that the project itself depends on: those whose package.json says
 * `"vestibule": { "module": "./dist/module.js" }`.
 */
export async function installedModules(root: string): Promise<readonly InstalledModule[]> {
  const project = await packageFile(root);
  const names = Object.keys({ ...project?.dependencies, ...project?.optionalDependencies });
  const found = await Promise.all(
    names.map(async (name): Promise<InstalledModule | undefined> => {
      const folder = join(root, 'node_modules', name);
      const { version, vestibule } = (await packageFile(folder)) ?? {};
      if (vestibule?.module === undefined) return undefined;
      return {
        name: vestibule.name ?? name.slice(name.lastIndexOf('/') + 1),
        file: pathToFileURL(join(folder, vestibule.module)),
        package: version === undefined ? name : `${name} ${version}`,
        host: vestibule.host,
      };
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
