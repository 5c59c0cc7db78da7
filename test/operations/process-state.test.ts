import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const root = new URL('../../modules/', import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .sort()
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** Every `<file> <name>` that the pattern finds. */
const found = (pattern: RegExp): string[] =>
  files.flatMap(({ file, text }) => [...text.matchAll(pattern)].map((match) => `${file} ${match[1]}`)).sort();

/** What a process keeps outside of its services, and why no other process misses it. */
const ofProcesses: Readonly<Record<string, string>> = {
  'activity/entry/redact.ts judged': 'whether a name is one of a secret: follows from the name alone',
  'admin/http/visit.ts memories': 'lasts for one request',
  'attribute-mapping/compile/marks.ts telling': 'follows from a document alone',
  'attribute-mapping/document/schema.ts compiled': 'compiled code',
  'attribute-mapping/preset/presets.ts presets': 'constants of the code, made when first asked for',
  'attribute-mapping/expression/syntax.ts parser': 'a library, loaded when it is first needed',
  'attribute-mapping/transform/country.ts names': 'a table of the language, made when first needed',
  'attribute-mapping/transform/options.ts validators': 'follows from the code of a transform',
  'attribute-mapping/transform/phone.ts library': 'a library, loaded when it is first needed',
  'connection/admin/visit-health.ts known': 'lasts for one request',
  'connection/scopes.ts needed': 'follows from the names of operations',
  'framework/host/package-imports.ts answering': 'whether this process has set up how packages are found',
  'framework/http/actor.ts actors': 'lasts for one request',
  'framework/metrics/exposition.ts ofProcess': 'figures of this process, which it is scraped for by itself',
  'framework/testing/test-host.ts looked': 'for tests',
  'provisioning/admin/mapping/recent.ts memory': 'lasts for one request',
  'provisioning/scope/scope.ts parsed': 'follows from a mapping, which is read anew every five seconds, and a text',
  'provisioning/shopper/reading.ts codes': 'follows from a mapping',
  'provisioning/user/expressions.ts results': 'lasts for one request',
  'provisioning/user/password.ts sent': 'lasts for one request',
  'provisioning/user/shown-targets.ts known': 'follows from a mapping',
  'provisioning/user/user-record.ts readers': 'texts of statements',
  'saml/claims/claim-name.ts comparables': 'follows from a table of claims',
  'saml/claims/row.ts found': 'follows from a mapping',
  'saml/provider/published/published.ts known': 'follows from a provider, which is read anew every five seconds',
  'saml/request/purging.ts timers': 'timers of this process',
};

/** What is remembered for longer than five seconds, and why that harms nobody. */
const longer: Readonly<Record<string, string>> = {
  'customer/regions.ts freshFor':
    "the store's list of regions, which releases change: at worst an address keeps the name of a new region as text for five minutes",
  'saml/verification/guard/clock.ts maxAge': 'no memory: how old an assertion may be',
};

describe('A process', () => {
  it('keeps nothing outside of its services that another one would miss', () => {
    const mutable =
      /^(?:export )?(?:let (?=\w)|const (?=\w+ = new (?:Map|Set|WeakMap|WeakSet|Memory)(?:<[^\n]*>)?\(\);?$))(\w+)/gm;
    expect(found(mutable)).to.deep.equal(Object.keys(ofProcesses).sort());
  });

  it('remembers nothing for longer than five seconds that others may change', () => {
    const spans = /^(?:export )?const (\w*(?:[fF]resh|[gG]oodFor|[cC]acheFor|[mM]axAge|MAX_AGE)\w*) = [\d_]+;/gm;
    const remembered = found(spans);
    const long = remembered.filter((one) => {
      const [file = '', name = ''] = one.split(' ');
      const text = files.find((known) => known.file === file)?.text ?? '';
      return Number(new RegExp(`const ${name} = ([\\d_]+)`).exec(text)?.[1]?.replaceAll('_', '')) > 5_000;
    });
    expect(remembered).to.have.length.above(10);
    expect(long).to.deep.equal(Object.keys(longer).sort());
  });
});
