import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Outside the checkout's own modules, and ignored by git. */
const root = fileURLToPath(new URL('../../../var/bench-peers/', import.meta.url));

/** A server that Vestibule is compared with. */
export interface Installable {
  readonly name: string;
  /** Exact versions, so that figures of two days compare. */
  readonly packages: Readonly<Record<string, string>>;
}

/**
 * Installs a peer from the npm registry into a folder of its own, unless the same versions are there, and answers the
 * path of its server script. Install scripts don't run: nothing that we use of it has to be compiled.
 */
export async function install({ name, packages }: Installable): Promise<string> {
  const folder = join(root, name);
  const script = join(folder, 'server.mjs');
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies: packages });
  const mark = join(folder, '.installed');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== manifest) {
    process.stderr.write(`installing ${name} into var/bench-peers (once) …\n`);
    writeFileSync(join(folder, 'package.json'), manifest);
    const parameters = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--omit=dev', '--engine-strict'];
    await promisify(execFile)('npm', parameters, { cwd: folder, timeout: 300_000 });
    writeFileSync(mark, manifest);
  }
  // It stands among the peer's own modules, so that it imports those; Express it finds in the checkout's.
  copyFileSync(fileURLToPath(new URL(`./${name}.mjs`, import.meta.url)), script);
  return script;
}
