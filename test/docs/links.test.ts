import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { identityProviders } from '../../modules/connection/admin/identity-provider.ts';
import { anchorsOf, documents, linksOf, root } from './markdown.ts';

const byPath = new Map(documents.map((document) => [document.path, document]));
const shown = new Set(documents.flatMap((document) => linksOf(document).map(({ target }) => target)));
const below = (folder: string): readonly string[] => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);

describe('The documentation', () => {
  it('leads nowhere that is not there', () => {
    const lost = documents.flatMap((document) =>
      linksOf(document)
        .filter(({ target, anchor }) => {
          const known = byPath.get(target);
          if (!existsSync(join(root, target))) return true;
          return anchor !== undefined && !(known && anchorsOf(known).has(anchor));
        })
        .map(({ target, anchor }) => `${document.path}: ${target}${anchor === undefined ? '' : `#${anchor}`}`),
    );
    expect(lost).to.deep.equal([]);
    expect(shown.size).to.be.above(60);
  });

  it('shows every picture that it keeps, and keeps them small', () => {
    const pictures = below('docs/pictures');
    expect(pictures.filter((path) => !shown.has(path))).to.deep.equal([]);
    expect(pictures.filter((path) => statSync(join(root, path)).size > 90_000)).to.deep.equal([]);
  });

  it('is reached from its index', () => {
    const reached = new Set(['docs/README.md']);
    for (const path of reached) {
      const document = byPath.get(path);
      if (document && path.startsWith('docs/')) for (const { target } of linksOf(document)) reached.add(target);
    }
    const written = documents.map(({ path }) => path).filter((path) => path.startsWith('docs/'));
    expect(written.filter((path) => !reached.has(path))).to.deep.equal([]);
  });

  it('names every room to developers', () => {
    const developers = byPath.get('docs/developers.md');
    const led = developers ? linksOf(developers).map(({ target }) => target) : [];
    const rooms = below('modules').map((room) => `${room}/README.md`);
    expect(rooms.filter((path) => !led.includes(path))).to.deep.equal([]);
  });

  it('has a page for every identity provider, with the words that its console uses', () => {
    const administrators = byPath.get('docs/identity-administrators.md')?.text ?? '';
    for (const { profile, baseUrl, token } of identityProviders)
      expect(administrators, profile).to.contain(`(identity-providers/${profile}.md) | ${baseUrl} | ${token} |`);
  });
});
