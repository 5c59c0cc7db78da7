#!/usr/bin/env node
// `npm run build`: the production form, `node dist/server.js`, with declarations for modules that are written against it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compile, root } from './compile.mjs';

await compile({ force: true });
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const parameters = [compiler, '-p', join(root, 'tsconfig.build.json')];
process.exitCode = spawnSync(process.execPath, parameters, { stdio: 'inherit' }).status ?? 1;
