import { readFile } from 'node:fs/promises';
import { manifestWith } from './manifest.ts';
import { renamed } from './name.ts';
import { packageFiles, type WrittenAgainst } from './package-files.ts';
import { type PartName, parts } from './part.ts';
import { readmeOf } from './readme.ts';

const template = new URL('./template/', import.meta.url);

/** A room of the project, `modules/<name>/` and `test/<name>/`: path in the project → text. */
export async function roomFiles(name: string, chosen: readonly PartName[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const [path, text] of await moduleFiles(name, chosen)) files.set(`modules/${name}/${path}`, text);
  files.set(`modules/${name}/README.md`, readmeOf(name));
  const test = renamed(await read('test/room.test.ts'), name);
  return files.set(`test/${name}/${name}.test.ts`, test.replaceAll("'../", `'../../modules/${name}/`));
}

/** A package of its own: path in its folder → text. */
export async function packagedFiles(
  name: string,
  chosen: readonly PartName[],
  against: WrittenAgainst,
): Promise<ReadonlyMap<string, string>> {
  const test = renamed(await read('test/package.test.ts'), name);
  return new Map([
    ...Object.entries(packageFiles(name, against)),
    ...(await moduleFiles(name, chosen)),
    [`test/${name}.test.ts`, test],
  ]);
}

async function moduleFiles(name: string, chosen: readonly PartName[]): Promise<[string, string][]> {
  const paths = ['index.ts', 'service.ts', ...chosen.flatMap((part) => [...parts[part].files])];
  const texts = await Promise.all(paths.map(async (path): Promise<[string, string]> => [path, await read(path)]));
  const manifest = manifestWith(await read('module.ts'), chosen);
  return [['module.ts', manifest] as [string, string], ...texts].map(([path, text]) => [path, renamed(text, name)]);
}

const read = (path: string): Promise<string> => readFile(new URL(path, template), 'utf8');
