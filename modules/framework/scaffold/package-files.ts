import { readmeOf } from './readme.ts';

/** What a package needs to know of the host that it is written against. */
export interface WrittenAgainst {
  /** The host's folder as seen from the package. */
  readonly path: string;
  /** The host's own development packages, name → range. */
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The files that make a module a package: path → text. It is compiled into `dist/`, where a host finds it. */
export function packageFiles(
  name: string,
  { path, devDependencies }: WrittenAgainst,
): Readonly<Record<string, string>> {
  return {
    'package.json': json({
      name,
      version: '0.1.0',
      type: 'module',
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
      files: ['dist'],
      vestibule: { module: './dist/module.js', host: '^1' },
      scripts: { build: 'tsc', prepack: 'tsc', test: `tsc && node --test dist/test/${name}.test.js` },
      devDependencies: {
        '@types/node': devDependencies['@types/node'] ?? '*',
        typescript: devDependencies.typescript ?? '*',
        vestibule: `file:${path}`,
      },
    }),
    'tsconfig.json': listed(
      json({
        compilerOptions: {
          target: 'es2023',
          lib: ['es2023'],
          module: 'nodenext',
          types: ['node'],
          jsx: 'react-jsx',
          jsxImportSource: 'vestibule',
          strict: true,
          noUncheckedIndexedAccess: true,
          exactOptionalPropertyTypes: true,
          verbatimModuleSyntax: true,
          rewriteRelativeImportExtensions: true,
          skipLibCheck: true,
          declaration: true,
          rootDir: '.',
          outDir: 'dist',
        },
        exclude: ['dist', 'node_modules'],
      }),
    ),
    '.gitignore': 'dist/\nnode_modules/\n',
    'README.md': readmeOf(name),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Lists of texts on one line, as formatters leave them everywhere but in a package.json. */
const listed = (text: string): string =>
  text.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, items: string) => `[${items.replace(/\s*\n\s*/g, ' ')}]`);
