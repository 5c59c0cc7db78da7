import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anchorOf } from './anchor.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A document of the project, by its path from the root. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** The Markdown files below a folder; `deep` false: of the folder alone. */
function markdownIn(folder: string, deep = true): readonly Document[] {
  return readdirSync(join(root, folder), { recursive: deep, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/(^|\/)(node_modules|dist|var)\//.test(name))
    .sort()
    .map((name) => ({
      path: normalize(join(folder, name)),
      text: readFileSync(join(root, folder, name), 'utf8'),
    }));
}

/** What is written for readers: the root's documents, `docs`, and the rooms' own. */
export const documents: readonly Document[] = [
  ...markdownIn('.', false),
  ...['docs', 'modules', 'examples', 'test'].flatMap((folder) => markdownIn(folder)),
];

const withoutBlocks = (text: string): string => text.replaceAll(/^```[\s\S]*?^```/gm, '');
const withoutCode = (text: string): string => withoutBlocks(text).replaceAll(/`[^`\n]*`/g, '');

/** Of its headings, and those it names itself. */
export const anchorsOf = ({ text }: Document): ReadonlySet<string> =>
  new Set([
    ...[...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)),
    ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id),
  ]);

/** Where a document's links and pictures lead within the project: path from the root, and anchor. */
export const linksOf = ({ path, text }: Document): readonly { target: string; anchor: string | undefined }[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [file = '', anchor] = link.split('#');
      return { target: file === '' ? path : normalize(join(dirname(path), file)), anchor };
    });

/** Code in a sentence. */
export const codeOf = ({ text }: Document): readonly string[] =>
  [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code.replaceAll('\\|', '|'));

/** Lines of code blocks, without what follows a `#`. */
export const codeLinesOf = ({ text }: Document): readonly string[] =>
  [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.replace(/ +# .*$/, '').trim());

/** What is printed bold: words of a page. */
export const boldOf = ({ text }: Document): readonly string[] =>
  [...withoutCode(text).matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = '']) => words.replaceAll(/\s+/g, ' '));
