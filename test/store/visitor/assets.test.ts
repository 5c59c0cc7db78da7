import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { type VisitorAssets, visitorAssets } from '../../../modules/store/index.ts';

describe('What pages for visitors load', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-assets-'));
  after(() => rmSync(folder, { recursive: true }));

  function assetsWith(style: string): VisitorAssets {
    writeFileSync(join(folder, 'own.css'), style);
    writeFileSync(join(folder, 'own.js'), 'go()');
    const file = (name: string) => pathToFileURL(join(folder, name));
    return visitorAssets('/x/~assets', { style: file('own.css'), script: file('own.js') });
  }

  function asked(assets: VisitorAssets, name: string): { type: unknown; body: string } {
    const headers: Record<string, unknown> = {};
    let body = '';
    const response = {
      set(header: string, value: unknown) {
        headers[header] = value;
        return response;
      },
      send(content: Buffer) {
        body = content.toString();
      },
    };
    assets.handle({ params: { name } } as never, response as never, {});
    return { type: headers['Content-Type'], body };
  }

  it('is the style of all of them before the room’s own, so that the latter has the last word', () => {
    const { type, body } = asked(assetsWith('.own { color: red }'), 'style.css');
    expect(type).to.equal('text/css; charset=utf-8');
    expect(body).to.match(/^\/\* What people see[^*]*\*\/\n:root \{.*\n\.own \{ color: red \}$/s);
    expect(asked(assetsWith(''), 'own.js').body).to.equal('go()');
  });

  it('stands at an address that changes with what it is', () => {
    const [one, other] = [assetsWith('.a { color: red }'), assetsWith('.a { color: blue }')];
    expect(one.style).to.match(/^\/x\/~assets\/[0-9a-f]{12}\/style\.css$/);
    expect(one.style).to.not.equal(other.style);
    expect(one.script).to.equal(other.script);
  });

  it('is nothing else', () => {
    expect(() => asked(assetsWith(''), '../own.css')).to.throw('There is nothing at this address.');
  });
});
