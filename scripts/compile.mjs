// Turns the sources into JavaScript in dist/, without checking types (`npm run types` does that), so that a start needs no
// loader: half a second when something has changed, a few milliseconds when nothing has. What others load by its path is a
// file of its own; what lies behind is put together, because reading 1,500 files takes longer than all the rest of a start.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist');
const inventory = join(out, '.compiled');

/** Not in dist/ themselves; what is there depends on them. */
const guiding = ['package.json', 'tsconfig.json', 'scripts/compile.mjs'];

/** Every file that dist/ is made of, with the moment of its last change. */
function sources() {
  const found = {};
  const look = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) look(inner);
      else if (/\.(ts|tsx|json|sql|css|js|svg)$/.test(entry.name)) found[inner] = statSync(join(root, inner)).mtimeMs;
    }
  };
  for (const path of ['config', 'migrations', 'modules']) look(path);
  for (const path of ['server.ts', 'cli.ts', ...guiding]) found[path] = statSync(join(root, path)).mtimeMs;
  return found;
}

/** Programs, and what is loaded by its path: modules, what they export, migrations, processes of their own. */
const entry =
  /^(server|cli)\.ts$|^modules\/[^/]+\/testing\/index\.ts$|^modules\/admin\/jsx-runtime\.ts$|^modules\/[^/]+\/(module|index|command-line)\.ts$|^(modules\/[^/]+\/)?migrations\/\d[^/]*\.ts$|^modules\/attribute-mapping\/expression\/evaluator\.ts$/;

/** What `module:create` writes: it is read as text. */
const asIs = /^modules\/framework\/scaffold\/template\//;

/** These two find the project from where they lie, which is never in a chunk. */
const programs = /^(server|cli)\.ts$/;
const ownFile = '__vestibuleFile';

/** Files that look around from `import.meta.url` go on to do so from their own place, wherever their code is put. */
const places = {
  name: 'places',
  setup(build) {
    build.onLoad({ filter: /\.tsx?$/, namespace: 'file' }, async ({ path }) => {
      const file = relative(root, path);
      const contents = await readFile(path, 'utf8');
      if (!contents.includes('import.meta.url') || programs.test(file)) return undefined;
      const place = `${ownFile}("${file.replace(/\.tsx?$/, '.js')}")`;
      return { contents: contents.replaceAll('import.meta.url', place), loader: file.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
};
const placed = (path, text) => {
  const up = relative(dirname(path), out) || '.';
  return text.replace(new RegExp(`${ownFile}\\("([^"]+)"\\)`, 'g'), `new URL("${up}/$1", import.meta.url).href`);
};

/** Compiles when something has changed since the last time, or always with `force`. */
export async function compile({ force = false } = {}) {
  const files = sources();
  const wanted = JSON.stringify(files);
  if (!force && existsSync(inventory) && readFileSync(inventory, 'utf8') === wanted) return;
  const { build } = await import('esbuild');
  const paths = Object.keys(files).filter((path) => !guiding.includes(path));
  const result = await build({
    absWorkingDir: root,
    entryPoints: paths.filter((path) => entry.test(path)),
    outdir: out,
    outbase: root,
    bundle: true,
    splitting: true,
    packages: 'external',
    chunkNames: 'chunks/[hash]',
    plugins: [places],
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    write: false,
    logLevel: 'error',
  });
  // Made beside it and swapped in whole: a server and a command may start at the same time.
  const made = `${out}.${process.pid}`;
  const write = (path, content) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  for (const { path, text } of result.outputFiles)
    write(path.replace(out, made), path.endsWith('.js') ? placed(path, text) : text);
  for (const path of paths.filter((name) => asIs.test(name) || !/\.tsx?$/.test(name)))
    write(join(made, path), readFileSync(join(root, path)));
  write(join(made, '.compiled'), wanted);
  const old = `${out}.old.${process.pid}`;
  try {
    if (existsSync(out)) renameSync(out, old);
    renameSync(made, out);
  } catch (error) {
    // Another process was quicker; what it has put there is as good, if it was made of the same sources.
    if (!existsSync(inventory) || readFileSync(inventory, 'utf8') !== wanted) throw error;
  }
  for (const left of [old, made]) rmSync(left, { recursive: true, force: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await compile();
