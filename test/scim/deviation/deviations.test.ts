import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type DeviationName, deviations, enterpriseUserSchema, type Resource } from '../../../modules/scim/index.ts';
import { type MemoryServer, type Sending, startMemoryServer } from '../http/memory-server.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = enterpriseUserSchema.id;
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

type Sample = readonly [method: string, path: string, body?: unknown, headers?: Sending['headers']];

const post = (attributes: object): Sample => ['POST', '/Users', { schemas: [CORE], userName: 'new', ...attributes }];
const patch = (...Operations: object[]): Sample => ['PATCH', '/Users/u1', { schemas: [PATCH], Operations }];
const group = (...Operations: object[]): Sample => ['PATCH', '/Groups/g1', { schemas: [PATCH], Operations }];
const filter = (text: string): Sample => ['GET', `/Users?filter=${encodeURIComponent(text)}`];
const enterprise = (attributes: object): Sample => post({ schemas: [CORE, ENTERPRISE], [ENTERPRISE]: attributes });
const roleText = '{"id":"06b0","value":"25","displayName":"Editor"}';

/** Requests in which a deviation shows, and no other one. */
const samples: Readonly<Record<Exclude<DeviationName, 'loose-url'>, readonly Sample[]>> = {
  'string-boolean': [
    post({ active: 'False' }),
    post({ emails: [{ value: 'a', primary: 'true' }] }),
    patch({ op: 'replace', path: 'active', value: 'True' }),
    filter('active eq "true"'),
  ],
  'string-number': [['POST', '/Users/.search', { schemas: [SEARCH], count: '1' }]],
  'unquoted-string': [post({ title: 7 }), enterprise({ employeeNumber: 7 })],
  'single-value-for-list': [
    post({ emails: { value: 'a' } }),
    ['POST', '/Users/.search', { schemas: [SEARCH], attributes: 'userName' }],
    group({ op: 'add', path: 'members', value: { value: 'u1' } }),
  ],
  'list-for-single-value': [enterprise({ manager: [{ value: '7' }] })],
  'simple-value-for-complex': [
    enterprise({ manager: '7' }),
    post({ emails: ['a@example.com'] }),
    patch({ op: 'add', path: `${ENTERPRISE}:manager`, value: '7' }),
  ],
  'wrapped-simple-value': [patch({ op: 'add', path: 'title', value: [{ $ref: null, value: 'x' }] })],
  'json-text': [
    post({ roles: [{ value: roleText }] }),
    patch({ op: 'add', path: 'roles', value: [{ value: roleText }] }),
    patch({ op: 'replace', path: 'roles[primary eq true].value', value: roleText }),
  ],
  'several-primary': [
    post({
      emails: [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ],
    }),
  ],
  'duplicate-value': [
    post({
      emails: [
        { value: 'a', type: 'work' },
        { value: 'A', type: 'Work' },
      ],
    }),
  ],
  'flat-name': [
    post({ 'name.givenName': 'A' }),
    post({ department: 'Sales' }),
    post({ [`${ENTERPRISE}:division`]: 'X' }),
  ],
  'bare-extension': [
    filter('manager eq "7"'),
    patch({ op: 'add', path: 'department', value: 'Sales' }),
    ['GET', '/Users?sortBy=department'],
  ],
  'urn-with-dot': [
    patch({ op: 'add', path: `${ENTERPRISE}.department`, value: 'S' }),
    filter(`${ENTERPRISE}.division pr`),
  ],
  'old-schema-uri': [
    post({ schemas: [CORE, 'urn:scim:schemas:extension:enterprise:2.0'] }),
    post({ 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User': { department: 'Sales' } }),
    patch({ op: 'add', path: 'urn:scim:schemas:extension:enterprise:1.0:department', value: 'Sales' }),
    [
      'POST',
      '/Groups',
      {
        schemas: [
          'urn:ietf:params:scim:schemas:core:2.0:Group',
          'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
        ],
        displayName: 'New',
      },
    ],
  ],
  'foreign-schema': [post({ schemas: [CORE, 'urn:example:foreign'] })],
  'old-attribute-name': [
    enterprise({ manager: { managerId: '7' } }),
    patch({ op: 'add', path: `${ENTERPRISE}:manager.managerId`, value: '7' }),
  ],
  'unknown-attribute': [
    post({ nope: 1 }),
    enterprise({ nope: 1 }),
    post({ name: { nope: 1 } }),
    patch({ op: 'add', path: 'urn:example:foreign:nope', value: 1 }),
  ],
  'core-under-urn': [post({ [CORE]: { displayName: 'A' } })],
  'schemas-missing': [
    ['POST', '/Users', { userName: 'new' }],
    ['PATCH', '/Users/u1', { Operations: [{ op: 'add', path: 'title', value: 'x' }] }],
    ['POST', '/Users/.search', {}],
    ['POST', '/Bulk', { Operations: [{ method: 'DELETE', path: '/Users/u1' }] }],
  ],
  'schemas-not-a-list': [post({ schemas: CORE })],
  'op-case': [patch({ op: 'Add', path: 'title', value: 'x' }), patch({ op: 'REMOVE', path: 'title' })],
  'patch-without-path': [
    patch({ op: 'replace', value: { active: false } }),
    group({ op: 'replace', value: { id: 'g1', displayName: 'New' } }),
  ],
  'path-to-element': [patch({ op: 'replace', path: 'emails[type eq "work"]', value: { value: 'x' } })],
  'remove-with-value': [group({ op: 'remove', path: 'members', value: [{ value: 'u1' }] })],
  'element-created': [patch({ op: 'add', path: 'phoneNumbers[type eq "work"].value', value: '1' })],
  'unquoted-filter-value': [
    filter('externalId eq 7a'),
    filter('userName eq anna@example.com'),
    filter('externalId eq 7'),
  ],
  alias: [filter('email eq "a"')],
  'filtered-path-in-filter': [filter('emails[type eq "work"].value eq "a"')],
  'plus-for-blank': [['GET', '/Users?filter=userName+eq+%22x%22&']],
  'attributes-and-excluded': [['GET', '/Users/u1?attributes=userName,title&excludedAttributes=title']],
  'discovery-filter': [['GET', '/Schemas?filter=id+pr']],
  'media-type-missing': [[...post({}), { 'Content-Type': undefined }] as unknown as Sample],
};

describe('What identity providers send beside the RFCs', () => {
  const seed = async (server: MemoryServer): Promise<void> => {
    const user = {
      schemas: [CORE],
      userName: 'anna',
      emails: [{ value: 'a', type: 'work' }],
      roles: [{ value: 'x', primary: true }],
    };
    await server.send('POST', '/Users', { body: user });
    const members = [{ value: 'u1' }, { value: 'u2' }];
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    await server.send('POST', '/Groups', { body: { schemas, displayName: 'G', members } });
    server.finished.length = 0;
  };

  for (const { name, strict } of deviations) {
    if (name === 'loose-url') continue; // test/scim/http/router.test.ts has it
    it(`${name} is understood, and interop-strict answers ${strict}`, async () => {
      for (const [method, path, body, headers = {}] of samples[name]) {
        const sending: Sending = body === undefined ? { headers } : { body, headers };
        const said = `${method} ${path} ${JSON.stringify(body)}`;
        const compat = await startMemoryServer();
        await seed(compat);
        const understood = await compat.send(method, path, sending);
        expect(understood.status, `${said} ${understood.text}`).to.be.below(300);
        const notes = compat.finished.at(-1)?.notes.map((note) => note.slice(0, note.indexOf(':')));
        if (name === 'unknown-attribute') expect(compat.finished.at(-1)?.ignored, said).to.have.length(1);
        else expect(notes, said).to.deep.equal([name]);
        await compat.close();

        const rigid = await startMemoryServer({ mode: 'interop-strict' });
        await seed(rigid);
        const answer = await rigid.send(method, path, sending);
        if (strict === 'same') expect(answer.status, said).to.equal(understood.status);
        else if (strict === '415') expect(answer.status, said).to.equal(415);
        else expectRefusal(name, answer.json, strict, said);
        await rigid.close();
      }
    });
  }

  it('normalises to what the schema says', async () => {
    const server = await startMemoryServer();
    await seed(server);
    const create = async (attributes: object, userName = 'new'): Promise<Resource> =>
      (await server.send('POST', '/Users', { body: { schemas: [CORE], userName, ...attributes } })).json;
    const roles = await create({ roles: [{ value: roleText }, { value: 'plain {' }] }, 'a');
    expect(roles.roles).to.deep.equal([{ value: '25', display: 'Editor' }, { value: 'plain {' }]);
    const manager = await create({ [ENTERPRISE]: { manager: { managerId: '7' } } }, 'b');
    expect(manager[ENTERPRISE]).to.deep.equal({ manager: { value: '7' } });
    const emails = [
      { value: 'a@x', type: 'work', primary: false },
      { value: 'A@x', type: 'WORK', display: 'A', primary: true },
      { value: 'a@x', type: 'home' },
    ];
    const twice = await create({ emails }, 'c');
    expect(twice.emails).to.deep.equal([
      { value: 'a@x', type: 'work', display: 'A', primary: true },
      { value: 'a@x', type: 'home' },
    ]);
    await server.close();
  });

  it('stops noting where a thousand values are odd in the same way', async () => {
    const server = await startMemoryServer();
    const emails = Array.from({ length: 1000 }, (_, index) => `a${index}@example.com`);
    await server.send('POST', '/Users', { body: { schemas: [CORE], userName: 'a', emails } });
    expect(server.finished[0]?.notes).to.have.length(100);
    await server.close();
  });

  it('are all in the README', () => {
    const readme = readFileSync(new URL('../../../modules/scim/README.md', import.meta.url), 'utf8');
    for (const { name } of deviations) expect(readme, name).to.match(new RegExp(`\\b${name}\\b`));
  });

  it('names each once, and says of each what it is and who sends it', () => {
    expect(new Set(deviations.map(({ name }) => name)).size).to.equal(deviations.length);
    for (const { what, who } of deviations) {
      expect(what).to.match(/\S/);
      expect(who).to.match(/\S/);
    }
  });
});

/** A filter is refused with invalidFilter and sortBy with invalidValue, whatever is wrong with the name or value in it. */
function expectRefusal(name: DeviationName, json: Resource, strict: string, said: string): void {
  const wanted = said.includes('filter=') ? 'invalidFilter' : said.includes('sortBy=') ? 'invalidValue' : strict;
  if (name === 'old-attribute-name') {
    expect(json.scimType, said).to.be.oneOf(['invalidSyntax', 'invalidPath']);
  } else expect(json.scimType, said).to.equal(wanted);
}
