import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { environmentVariables } from '../../config/environment.ts';
import { exchangeScope, storeScopes } from '../../modules/connection/index.ts';
import { installationAt, type ModuleManifest, runCli } from '../../modules/framework/index.ts';
import { metricsSettings } from '../../modules/framework/metrics/settings.ts';
import { codeLinesOf, codeOf, documents, root } from './markdown.ts';
import { commandsOf, fault } from './named.ts';

/** Rights of tokens look like commands. */
const scopes: ReadonlySet<string> = new Set([exchangeScope, ...storeScopes]);

const installation = installationAt(pathToFileURL(join(root, 'server.ts')).href);

async function help(...argv: string[]): Promise<string> {
  let text = '';
  await runCli({
    argv: [...argv, '--help'],
    installation,
    readEnvironment: () => {
      throw new Error('help needs no environment');
    },
    stdout: (more) => {
      text += more;
    },
    stderr: (more) => {
      text += more;
    },
  });
  return text;
}

describe('What the documentation names', () => {
  let modules: readonly ModuleManifest[];
  let commands: ReadonlySet<string>;

  before(async () => {
    modules = await installation.load(await installation.enabled());
    commands = new Set([...(await help()).matchAll(/^ {2}([a-z][a-z0-9:-]*) /gm)].map(([, name = '']) => name));
  });

  it('are commands that exist, with the options and values they have', async () => {
    const families = new Set([...commands].flatMap((name) => (name.includes(':') ? [name.split(':')[0] ?? ''] : [])));
    // Examples, and modules that a guide has its readers make, bring commands of their own, which tests of theirs know.
    const named = documents
      .filter(({ path }) => !path.startsWith('examples/'))
      .flatMap((document) => {
        const commands = commandsOf(document, families);
        const made = commands.flatMap(({ name, words }) => (name === 'module:create' ? words.slice(0, 1) : []));
        return commands.filter(({ name }) => !scopes.has(name) && !made.includes(name.split(':')[0] ?? ''));
      });
    const faults: string[] = [];
    const helps = new Map<string, string>();
    for (const command of named) {
      const { name } = command;
      if (!commands.has(name)) {
        faults.push(`${command.in}: there is no command ${name}`);
        continue;
      }
      if (command.words.length === 0) continue;
      const text = helps.get(name) ?? (await help(name));
      helps.set(name, text);
      const wrong = fault(command, text);
      if (wrong !== undefined) faults.push(`${command.in}: ${wrong}`);
    }
    expect(faults).to.deep.equal([]);
    expect(named.length).to.be.above(150);
  });

  it('are settings that exist, and variables that are read', () => {
    const sections = [metricsSettings, ...modules.flatMap(({ config = [] }) => config)];
    const paths = new Set(sections.flatMap(({ path, fields }) => Object.keys(fields).map((name) => `${path}/${name}`)));
    const groups = new Set([...sections.map(({ path }) => path), ...paths]);
    const first = new Set([...paths].map((path) => path.split('/')[0]));
    const faults = documents.flatMap((document) =>
      codeOf(document)
        .filter((code) => /^[a-z_]+(\/[a-z0-9_]+){1,2}$/.test(code) && first.has(code.split('/')[0]))
        .filter((code) => !groups.has(code) && !existsSync(join(root, document.path, '..', code)))
        .filter((code) => !existsSync(join(root, code)))
        .map((code) => `${document.path}: ${code}`),
    );
    expect(faults).to.deep.equal([]);
    const variables = documents
      .filter(({ path }) => path.startsWith('docs/') || path === 'README.md')
      .flatMap((document) =>
        [...codeOf(document), ...codeLinesOf(document)].flatMap((code) =>
          [...code.matchAll(/(?:^| )([A-Z][A-Z_]{3,})(?==)/g)].map(([, name = '']) => name),
        ),
      );
    const ours = new Set([...environmentVariables, 'DATABASE_PASSWORD']);
    expect(variables.filter((name) => !ours.has(name))).to.deep.equal([]);
  });

  it('are scripts of npm, and tests', async () => {
    const { scripts } = (await import('../../package.json', { with: { type: 'json' } })).default;
    const text = documents.map((document) => document.text).join('\n');
    const run = [...text.matchAll(/npm run (?:-s )?([a-z:-]+)/g)].map(([, name = '']) => name);
    expect(run.filter((name) => !(name in scripts))).to.deep.equal([]);
    const lasting = documents.filter((document) => !/module:create \w/.test(document.text));
    const folders = [
      ...lasting
        .map((document) => document.text)
        .join('\n')
        .matchAll(/`(test\/[\w./-]+)`/g),
    ].map(([, folder = '']) => folder);
    expect(folders.filter((folder) => !existsSync(join(root, folder)))).to.deep.equal([]);
  });
});
