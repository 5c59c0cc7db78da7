#!/usr/bin/env node
// Compiles the host into dist/: `node dist/server.js` is the production form.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist');
rmSync(out, { recursive: true, force: true });

const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

// What is not TypeScript goes along as it is.
for (const folder of ['config', 'migrations', 'modules']) copyData(join(root, folder), join(out, folder));

function copyData(from, to) {
  if (!existsSync(from)) return;
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyData(source, target);
    else if (!/\.(ts|tsx|md)$/.test(entry.name)) cpSync(source, target);
  }
}
