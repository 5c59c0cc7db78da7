import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { isModuleName } from '../boot/check-modules.ts';
import { type PartName, partNames } from '../scaffold/part.ts';
import { packagedFiles, roomFiles } from '../scaffold/scaffold.ts';
import { type Command, command } from './command.ts';
import { type CliContext, CommandError, UsageError } from './context.ts';

/** `vestibule/framework` and `vestibule/testing` mean the kernel. */
const reserved = ['framework', 'testing', 'jsx-runtime'];

/** `module:create`. It reads no configuration and asks no database. */
export function createCommands({ installation }: CliContext): readonly Command[] {
  return [
    command('module:create', {
      describe: 'Write a small module whose one test is red until the module is finished',
      options: {
        name: { type: 'string', position: 0, required: true, describe: 'lower case, digits and hyphens: loyalty-tier' },
        with: { type: 'string', describe: `what it begins with, with commas: ${partNames.join(',')}` },
        path: { type: 'string', describe: 'make a package of its own in this folder, which is new or empty' },
      },
      async run({ name, with: wanted = '', path }) {
        const chosen = partsOf(wanted);
        await checkName(name);
        if (path === undefined) return { name, ...(await makeRoom(name, chosen)) };
        return { name, ...(await makePackage(name, chosen, resolve(path))) };
      },
      print: ({ files, next }) =>
        [
          'Written:',
          ...files.map((file) => `  ${file}`),
          'Next:',
          ...next.map(([line, why]) => `  ${line}\n      ${why}`),
        ].join('\n'),
    }),
  ];

  async function checkName(name: string): Promise<void> {
    if (!isModuleName(name))
      throw new UsageError(
        `"${name}" is no name for a module. Use lower-case letters, digits and single hyphens, such as loyalty-tier.`,
      );
    if (!reserved.includes(name) && !(await installation.available()).has(name)) return;
    throw new CommandError(`There is a module "${name}" already. Choose another name.`);
  }

  async function makeRoom(name: string, chosen: readonly PartName[]): Promise<Made> {
    const { root } = installation;
    if (!existsSync(join(root, 'modules')))
      throw new CommandError('This installation has no sources. Make a package of its own with --path.');
    for (const folder of [`modules/${name}`, `test/${name}`])
      if (existsSync(join(root, folder))) throw new CommandError(`${folder} is there already. Choose another name.`);
    const files = await write(root, await roomFiles(name, chosen));
    return {
      files,
      next: [
        [`npm run -s test:room test/${name}`, `red; finish modules/${name}/service.ts until it is green`],
        [`npm run -s cli -- module:enable ${name}`, 'switches it on for the next start'],
        ['npm run -s cli -- setup:di:compile', 'checks how everything fits together'],
      ],
    };
  }

  async function makePackage(name: string, chosen: readonly PartName[], folder: string): Promise<Made> {
    if (existsSync(folder) && (await readdir(folder)).length > 0)
      throw new CommandError(`${folder} is not empty. Name a new folder.`);
    const { root } = installation;
    const { devDependencies = {} } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      devDependencies?: Record<string, string>;
    };
    const files = await write(
      folder,
      await packagedFiles(name, chosen, { path: relative(folder, root), devDependencies }),
    );
    const place = relative(process.cwd(), folder);
    return {
      files: files.map((file) => join(place, file)),
      next: [
        ['npm run build', 'once: the types of this host, which the package is checked against'],
        [`(cd ${place} && npm install && npm test)`, 'red; finish service.ts until it is green'],
        [`npm install ${place}`, 'makes it a dependency of this installation'],
        [`npm run -s cli -- module:enable ${name}`, 'switches it on for the next start'],
      ],
    };
  }
}

interface Made {
  readonly files: readonly string[];
  /** Lines for the terminal, each with what it is for. */
  readonly next: readonly (readonly [line: string, why: string])[];
}

function partsOf(wanted: string): readonly PartName[] {
  const words = wanted
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const unknown = words.filter((word) => !partNames.some((part) => part === word));
  if (unknown.length > 0)
    throw new UsageError(`--with does not know ${unknown.join(', ')}. There is ${partNames.join(', ')}.`);
  return partNames.filter((part) => words.includes(part));
}

async function write(folder: string, files: ReadonlyMap<string, string>): Promise<string[]> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { flag: 'wx' });
  }
  return [...files.keys()];
}
