import { expect } from 'chai';
import {
  checkDocument,
  type MappingIssue,
  mappingSchema,
  presetFor,
} from '../../../modules/attribute-mapping/index.ts';
import { customAttributes } from '../../../modules/attribute-mapping/preset/custom-attributes.ts';
import { standardTransforms } from '../../../modules/attribute-mapping/transform/standard.ts';
import { profiles } from '../../../modules/connection/index.ts';
import { column, custom, gender, metals } from '../store-attributes.ts';

const attributes = [
  gender,
  custom('motto', 'varchar'),
  custom('tier', 'int', { input: 'select', options: metals }),
  custom('contract', 'varchar', { input: 'file' }),
  column('confirmation'),
  column('reward_id'),
  custom('erp_id', 'varchar'),
  ...customAttributes.map(({ code }) => custom(code, 'varchar')),
];
const environment = {
  attributes,
  transforms: standardTransforms,
  checkExpression: (text: string) => (text.includes('(') ? { message: 'It is never closed.', position: 3 } : undefined),
};
const email = { id: 'email', type: 'direct', source: 'emails[main].value', target: 'email' };
const check = (document: unknown): readonly MappingIssue[] => checkDocument(document, environment);
const issuesOf = (...rows: readonly object[]) => check({ version: 1, rows: [email, ...rows] });
const said = (issues: readonly MappingIssue[]) => issues.map(({ row, field, code }) => [row, field, code]);
const row = (more: object) => ({ id: 'r', type: 'direct', source: 'title', target: 'motto', ...more });

describe('A mapping document', () => {
  it('is published as a JSON Schema', () => {
    expect(mappingSchema).to.include({ $id: 'urn:vestibule:schemas:attribute-mapping:1', type: 'object' });
  });

  for (const profile of profiles)
    it(`has nothing wrong with it as the preset of ${profile}`, () =>
      expect(check(JSON.parse(JSON.stringify(presetFor(profile))))).to.deep.equal([]));

  for (const [what, value, field, row, words] of [
    ['is no object', [], undefined, undefined, 'The document'],
    ['has no rows', { version: 1 }, undefined, undefined, 'lacks "rows"'],
    ['is of another version', { version: 2, rows: [] }, 'version', undefined, 'must be 1'],
    ['has members that are not known', { version: 1, rows: [], x: 1 }, undefined, undefined, '"x"'],
    ['has a row of no kind', { version: 1, rows: [{ ...email, type: 'magic' }] }, undefined, 'email', '"type"'],
    [
      'has a row without its source',
      { version: 1, rows: [{ id: 'a', type: 'direct', target: 'x' }] },
      undefined,
      'a',
      'lacks "source"',
    ],
    [
      'has a member of another kind of row',
      { version: 1, rows: [{ ...email, template: '' }] },
      undefined,
      'email',
      '"template"',
    ],
    ['has a row without a name', { version: 1, rows: [{ ...email, id: undefined }] }, undefined, '#1', 'lacks "id"'],
    [
      'has a value out of its list',
      { version: 1, rows: [{ ...email, apply: 'never' }] },
      'apply',
      'email',
      '"if-empty"',
    ],
    [
      'has an object for a value',
      { version: 1, rows: [{ id: 'c', type: 'constant', target: 'motto', value: {} }] },
      'value',
      'c',
      'value',
    ],
    [
      'declares a name with blanks',
      { version: 1, rows: [], sources: [{ name: 'shoe size' }] },
      'sources/0/name',
      undefined,
      'sources/0/name',
    ],
  ] as const)
    it(`that ${what} is told so, with the row and the member`, () => {
      const [issue, ...more] = check(JSON.parse(JSON.stringify(value)));
      expect(more).to.deep.equal([]);
      expect([issue?.code, issue?.field, issue?.row, issue?.severity]).to.deep.equal(['schema', field, row, 'error']);
      expect(issue?.message).to.include(words);
      expect(issue?.cure).to.match(/\.$/);
    });

  it('of another kind altogether is told in fifty sentences at most', () => {
    const rows = Array.from({ length: 200 }, (_, n) => ({ n }));
    expect(check({ version: 1, rows })).to.have.length(50);
    for (const other of [null, 3, 'x', undefined]) expect(check(other)).to.have.length(1);
  });

  for (const [code, field, more] of [
    ['source-unknown', 'source', { source: 'shoeSize' }],
    ['source-malformed', 'source', { source: 'emails[' }],
    ['source-complex', 'source', { source: 'name' }],
    ['source-list', 'source', { source: 'emails.value' }],
    ['source-read-only', 'source', { source: 'groups.display' }],
    ['source-read-only', 'source', { source: 'password' }],
    ['source-read-only', 'template', { type: 'template', source: undefined, template: '{password}' }],
    ['target-unknown', 'target', { target: 'vanished' }],
    ['target-unknown', 'target', { target: 'address.planet' }],
    ['target-unknown', 'target', { target: 'address.region_id' }],
    ['target-unknown', 'target', { target: 'order.total' }],
    ['target-unknown', 'target', { target: '__proto__' }],
    ...[
      'password_hash',
      'customer.password_hash',
      'rp_token',
      'rp_token_created_at',
      'entity_id',
      'website_id',
      'store_id',
      'group_id',
      'increment_id',
      'failures_num',
      'first_failure',
      'lock_expires',
      'session_cutoff',
      'created_at',
      'updated_at',
      'created_in',
      'default_billing',
      'confirmation',
      'reward_id',
      'contract',
      'constructor',
    ].map((target) => ['target-forbidden', 'target', { target }] as const),
    ['target-needs-source', 'target', { target: 'is_active' }],
    ['target-needs-source', 'target', { target: 'is_active', source: 'active', transforms: ['boolean'] }],
    ['target-needs-source', 'target', { target: 'password' }],
    ['target-needs-source', 'target', { target: 'password', type: 'constant', source: undefined, value: 'x' }],
    ['direction-impossible', 'direction', { source: 'userName', direction: 'both' }],
    ...[
      { source: 'active' },
      { source: 'emails[type eq "work"].value' },
      { type: 'lookup', table: { a: false } },
      { type: 'lookup', table: { a: true, b: true } },
      { type: 'lookup', table: { a: true }, onNull: 'keep' },
    ].map(
      (more) => ['direction-impossible', 'direction', { target: 'newsletter', direction: 'out', ...more }] as const,
    ),
    ['direction-impossible', 'direction', { source: 'active', target: 'is_active', direction: 'out' }],
    ['direction-impossible', 'direction', { source: 'password', target: 'password', direction: 'both' }],
    ['direction-impossible', 'direction', { transforms: ['email-domain'], direction: 'both' }],
    ['direction-impossible', 'direction', { source: 'emails[value ew "x"].value', direction: 'out' }],
    ['template-malformed', 'template', { type: 'template', source: undefined, template: '{title' }],
    ['source-list', 'template', { type: 'template', source: undefined, template: '{roles}' }],
    ['value-unfit', 'value', { type: 'constant', source: undefined, value: 'Bronze', target: 'tier' }],
    ['value-unfit', 'table/a', { type: 'lookup', table: { a: 'Bronze' }, target: 'tier' }],
    ['value-unfit', 'otherwise', { type: 'lookup', table: { a: 'Gold' }, otherwise: 'Bronze', target: 'tier' }],
    ['table-ambiguous', 'table', { type: 'lookup', table: { a: 'Gold', A: 'Silver' }, target: 'tier' }],
    ['default-missing', 'default', { onNull: 'default' }],
    ['value-unfit', 'default', { onNull: 'default', default: 'Bronze', target: 'tier' }],
    ['transform', 'transforms/1', { transforms: ['trim', 'vanished'] }],
    ['transform', 'transforms/0', { transforms: [{ name: 'substring', colour: 'red' }] }],
    ['expression', 'expression', { type: 'expression', source: undefined, expression: 'f(' }],
    ['match-impossible', 'match', { target: 'address.city', match: 1 }],
    ['match-impossible', 'match', { target: 'group', match: 1 }],
    ['row-twice', 'id', { id: 'email' }],
  ] as const)
    it(`is refused for ${JSON.stringify(more)}: ${code}`, () => {
      const wrong = JSON.parse(JSON.stringify(row(more)));
      const issues = issuesOf(wrong);
      expect(said(issues)).to.deep.equal([[wrong.id, field, code]]);
      for (const { message, cure, severity } of issues) {
        expect(message).to.match(/^.{10,}[.?]$/);
        expect(cure).to.match(/^.{10,}\.$/);
        expect(severity).to.equal('error');
      }
    });

  for (const more of [
    { target: 'erp_id' },
    { target: 'gender' },
    { target: 'group' },
    { source: 'userName' },
    { source: 'active', target: 'is_active' },
    { source: 'password', target: 'password' },
    { source: 'emails[type eq "work"].value', direction: 'both' },
    { transforms: ['upper', { name: 'join', separator: ', ' }], source: 'roles' },
    { enabled: false, target: 'vanished' },
    { match: 1, locked: true, required: true, apply: 'create', onNull: 'default', default: 'x' },
  ])
    it(`takes ${JSON.stringify(more)}`, () => expect(issuesOf(row(more))).to.deep.equal([]));

  it('can’t have one address for both purposes beside one for each', () => {
    const issues = issuesOf(row({ target: 'address.city' }), row({ id: 's', target: 'shipping.city' }));
    expect(said(issues)).to.deep.equal([['s', 'target', 'addresses-mixed']]);
  });

  it('can’t have the same precedence twice, nor match by e-mail', () => {
    const issues = issuesOf(
      row({ match: 1 }),
      row({ id: 's', target: 'taxvat', match: 1 }),
      row({ id: 'm', target: 'email', match: 2 }),
    );
    expect(said(issues)).to.deep.equal([
      ['s', 'match', 'match-twice'],
      ['m', 'match', 'match-impossible'],
    ]);
  });

  it('can’t declare what is there, or twice', () => {
    const names = [
      'badge',
      'Badge',
      'userName',
      'urn:ietf:params:scim:schemas:core:2.0:User:x',
      'urn:vestibule:scim:schemas:extension:customer:2.0:User:x',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
      'constructor',
    ];
    const issues = check({ version: 1, rows: [email], sources: names.map((name) => ({ name })) });
    expect(said(issues)).to.deep.equal([
      [undefined, 'sources/1/name', 'source-declared-twice'],
      ...[2, 3, 4, 5, 6].map((at) => [undefined, `sources/${at}/name`, 'source-taken']),
    ]);
  });

  it('is warned of rules that change nothing', () => {
    const out = { direction: 'out' };
    for (const [more, ...expected] of [
      [
        { ...out, apply: 'create', required: true, onNull: 'default', default: 'x', locked: true },
        'apply',
        'required',
        'default',
        'locked',
      ],
      [{ ...out, apply: 'always', required: false, locked: false, onNull: 'keep' }],
      [{ ...out, target: 'newsletter', onNull: 'default', default: false }],
      [{ ...out, onNull: 'default', default: false }, 'default'],
      ...['firstname', 'lastname', 'group', 'store_view', 'website'].map(
        (target) => [{ target, apply: 'if-empty' }, 'apply'] as const,
      ),
      [{ source: 'active', target: 'is_active', apply: 'if-empty' }, 'apply'],
      [{ target: 'firstname', apply: 'create' }],
      [{ target: 'motto', apply: 'if-empty' }],
    ] as const) {
      const issues = issuesOf(row(more));
      expect(
        issues.map(({ field, code, severity }) => [field, code, severity]),
        JSON.stringify(more),
      ).to.deep.equal(expected.map((field) => [field, 'rule-idle', 'warning']));
    }
  });

  it('is warned of, and can be published, where rules differ or no e-mail is mapped', () => {
    const issues = check({
      version: 1,
      rows: [
        row({ apply: 'create' }),
        row({ id: 's', source: 'nickName' }),
        row({ id: 't', source: 'locale', apply: 'create', onNull: 'keep' }),
      ],
    });
    expect(issues.map(({ row, field, code, severity }) => [row, field, code, severity])).to.deep.equal([
      ['s', 'apply', 'rules-differ', 'warning'],
      ['t', 'onNull', 'rules-differ', 'warning'],
      [undefined, 'rows', 'nothing-mapped', 'warning'],
    ]);
  });
});
