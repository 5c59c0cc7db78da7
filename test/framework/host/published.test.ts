import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import * as preact from 'preact/jsx-runtime';
import * as framework from '../../../modules/framework/index.ts';
import { compile } from '../../../scripts/compile.mjs';

const root = new URL('../../../', import.meta.url);
const read = (file: string) => JSON.parse(readFileSync(new URL(file, root), 'utf8'));
const exported = read('package.json').exports as Record<string, { types: string; default: string }>;
const paths = read('tsconfig.json').compilerOptions.paths as Record<string, readonly string[]>;
const published = Object.entries(exported).filter(([name]) => name !== './package.json');

describe('what is published as vestibule/…', () => {
  it('is in tests the source of what is compiled', () => {
    const sources = published.map(([name, { default: file }]) => [
      name.replace('.', 'vestibule'),
      [file.replace('./dist/', './').replace(/\.js$/, '.ts')],
    ]);
    expect(Object.fromEntries(sources)).to.deep.equal(paths);
    for (const [, { types, default: file }] of published) expect(types).to.equal(file.replace(/\.js$/, '.d.ts'));
  });

  it('is compiled, each room by itself', async () => {
    await compile();
    const rooms = readdirSync(new URL('modules/', root)).filter((room) =>
      existsSync(new URL(`modules/${room}/index.ts`, root)),
    );
    expect(rooms).to.include.members(['framework', 'customer', 'admin']);
    const files = published.flatMap(([, { default: file }]) =>
      file.includes('*') ? rooms.map((room) => file.replace('*', room)) : [file],
    );
    expect(files.filter((file) => !existsSync(fileURLToPath(new URL(file, root))))).to.deep.equal([]);
  });

  it('exists once: tokens and errors are the same under both names', async () => {
    const { defineModule, BootError } = await import('vestibule/framework');
    const { createTestHost } = await import('vestibule/testing');
    expect({ defineModule, BootError, createTestHost }).to.deep.equal({
      defineModule: framework.defineModule,
      BootError: framework.BootError,
      createTestHost: framework.createTestHost,
    });
  });

  it("makes pages by the administration's own Preact", async () => {
    const runtime = await import('vestibule/jsx-runtime');
    expect(runtime).to.include({ jsx: preact.jsx, jsxs: preact.jsxs, Fragment: preact.Fragment });
  });
});
