import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const project = fileURLToPath(new URL('../../', import.meta.url));
const files = ['modules', 'migrations', 'config', 'server.ts', 'cli.ts']
  .flatMap((name) =>
    name.endsWith('.ts')
      ? [name]
      : readdirSync(join(project, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)),
  )
  .filter((file) => /\.tsx?$/.test(file))
  // Text that module:create writes elsewhere.
  .filter((file) => !file.startsWith('modules/framework/scaffold/template/'))
  .map((file) => ({ file, text: readFileSync(join(project, file), 'utf8') }));

/** What a file imports: project files by their path, packages by name. */
const importsOf = ({ file, text }: { file: string; text: string }): string[] =>
  [...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"]*?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g)]
    .map((match) => match[1] ?? match[2] ?? '')
    .map((from) => (from.startsWith('.') ? relative(project, resolve(project, dirname(file), from)) : published(from)));

/** What package.json publishes a room as is another name for its index.ts. */
const published = (from: string): string => {
  const [, room, file = ''] = /^vestibule\/([\w-]+)(\/.*)?$/.exec(from) ?? [];
  if (room === undefined) return from;
  return room === 'testing' ? 'modules/framework/testing/index.ts' : `modules/${room}${file || '/index.ts'}`;
};

const roomOf = (path: string): string | undefined => /^modules\/([^/]+)\//.exec(path)?.[1];
const edges = files.flatMap((source) => importsOf(source).map((to) => ({ file: source.file, to })));
const told = (found: { file: string; to: string }[]): string[] => found.map(({ file, to }) => `${file} imports ${to}`);

/** Data tables and generated lists may be long: files in folders that hold nothing else. */
const isData = (file: string): boolean => /^migrations\/store-(schema\/tables|rows)\//.test(file);

describe('architecture', () => {
  it('lets rooms import only the index.ts of other rooms', () => {
    const foreign = edges.filter(({ file, to }) => roomOf(to) !== undefined && roomOf(to) !== roomOf(file));
    expect(told(foreign.filter(({ to }) => !/^modules\/[^/]+\/index\.ts$/.test(to)))).to.deep.equal([]);
  });

  it('lets rooms import only rooms of their sequence', () => {
    const declared = (room: string): string => {
      const manifest = files.find(({ file }) => file === `modules/${room}/module.ts`)?.text ?? '';
      return [...manifest.matchAll(/\b(?:sequence|optional): \[([^\]]*)\]/g)].map((match) => match[1]).join();
    };
    const outside = edges.filter(({ file, to }) => {
      const [own, other] = [roomOf(file), roomOf(to)];
      return own && other && other !== own && other !== 'framework' && !declared(own).includes(`'${other}'`);
    });
    expect(told(outside)).to.deep.equal([]);
  });

  it('keeps knex in the database folder and in migrations', () => {
    const outside = edges.filter(({ to }) => /^knex(\/|$)/.test(to));
    expect(
      told(outside.filter(({ file }) => !/^modules\/framework\/database\/|(^|\/)migrations\//.test(file))),
    ).to.deep.equal([]);
  });

  it('keeps express in http folders', () => {
    const outside = edges.filter(({ file, to }) => /^(express|passport)(\/|-|$)/.test(to) && !/\/http\//.test(file));
    expect(told(outside)).to.deep.equal([]);
  });

  it('keeps files short: under 400 lines, the median under 100', () => {
    const lengths = files
      .filter(({ file }) => !isData(file))
      .map(({ file, text }) => ({ file, lines: text.split('\n').length }));
    expect(lengths.filter(({ lines }) => lines > 400)).to.deep.equal([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).to.be.below(100);
  });

  it('sees the imports it judges', () => {
    expect(edges.some(({ to }) => to === 'knex')).to.equal(true);
    expect(
      edges.some(({ file, to }) => file === 'modules/store/module.ts' && to === 'modules/framework/index.ts'),
    ).to.equal(true);
    const text = "import { a } from 'vestibule/customer';\nimport { b } from 'vestibule/testing';";
    expect(importsOf({ file: 'modules/hall/module.ts', text })).to.deep.equal([
      'modules/customer/index.ts',
      'modules/framework/testing/index.ts',
    ]);
  });
});
