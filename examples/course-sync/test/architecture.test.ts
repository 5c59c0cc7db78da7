import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import manifest from '../module.ts';

const folder = fileURLToPath(new URL('../', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !/^(test|dist|node_modules)\//.test(file),
);
const imports = files.flatMap((file) =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(/\bfrom '([^']+)'|\bimport\(?\s*'([^']+)'/g)].map((match) => ({
    file,
    from: match[1] ?? match[2] ?? '',
  })),
);

describe('The package course-sync', () => {
  it('imports the public API, Node and itself, and nothing else', () => {
    const foreign = imports.filter(({ file, from }) => {
      if (from.startsWith('.')) return join(file, '..', from).startsWith('..');
      return !/^(node:[a-z_/]+|vestibule\/[a-z-]+)$/.test(from);
    });
    expect(foreign).to.deep.equal([]);
    expect(imports.some(({ from }) => from === 'vestibule/provisioning')).to.equal(true);
  });

  it('imports only rooms that its manifest names', () => {
    const named = new Set(['framework', ...(manifest.sequence ?? []), ...(manifest.optional ?? [])]);
    const rooms = imports.flatMap(({ from }) => /^vestibule\/(.+)$/.exec(from)?.[1] ?? []);
    expect([...new Set(rooms)].filter((room) => !named.has(room))).to.deep.equal([]);
  });

  it('has small files', () => {
    const long = files.filter((file) => readFileSync(join(folder, file), 'utf8').split('\n').length > 200);
    expect(long).to.deep.equal([]);
  });
});
