import { expect } from 'chai';
import {
  BootError,
  command,
  configSection,
  contribute,
  event,
  extensionPoint,
  type ModuleManifest,
  mount,
  observe,
  onStart,
  type ProblemCode,
  plugin,
  provide,
  route,
  service,
  whenProvided,
} from '../../../modules/framework/index.ts';
import { boot, environment, problemsOf, room } from '../kernel.ts';

interface Thing {
  work(): Promise<number>;
}
const thing = { work: async () => 1 };
const A = service<Thing>('a.Thing');
const B = service<Thing>('b.Thing');
const Point = extensionPoint<string>('a.Words');
const section = (path: `${string}/${string}`, acl = 'a::config') =>
  configSection(path, {
    tab: 't',
    label: 'l',
    acl,
    fields: { on: { type: 'yesno', label: 'On', default: false, scope: 'default' } },
  });
const acl = { 'a::config': 'Configure' };
const page = (path: `GET /${string}`) => route(path, { public: 'test', handle() {} });
const job = (name: string) => command(name, { describe: '', run: () => null, print: () => '' });

/** Each case: what is wrong, the modules, the code, the module at fault, and words the report must hold. */
const cases: [fault: string, modules: ModuleManifest[], code: ProblemCode, module: string, words: RegExp][] = [
  ['a name with capitals', [room('Loyalty_Tier')], 'MODULE_NAME', 'Loyalty_Tier', /lower-case/],
  ['two modules of one name', [room('a'), room('a')], 'MODULE_DUPLICATE', 'a', /two modules/],
  ['a missing module', [room('a', { sequence: ['b'] })], 'MODULE_MISSING', 'a', /"b"/],
  ['a cycle', [room('a', { sequence: ['b'] }), room('b', { sequence: ['a'] })], 'MODULE_CYCLE', 'a', /a → b → a/],
  [
    'a host range that leaves this host out',
    [room('a', { host: '^7' })],
    'HOST_RANGE',
    'a',
    /version 1\.0\.0 .*\^7.*this host is \d/,
  ],
  ['a host range that is none', [room('a', { host: 'new' })], 'HOST_RANGE', 'a', /cannot be read/],
  [
    'two providers of a service',
    [
      room('a', { provides: [provide(A, {}, () => thing)] }),
      room('b', { sequence: ['a'], provides: [provide(A, {}, () => thing)] }),
    ],
    'PROVIDER_DUPLICATE',
    'b',
    /a\.Thing.*"a"/,
  ],
  [
    'two tokens of one id',
    [
      room('a', {
        provides: [provide(A, {}, () => thing)],
        hooks: [onStart('a.go', { again: service<Thing>('a.Thing') }, () => {})],
      }),
    ],
    'TOKEN_DUPLICATE',
    'a',
    /"a\.Thing"/,
  ],
  [
    'a service nobody provides',
    [room('a', { hooks: [onStart('a.go', { A }, () => {})] })],
    'SERVICE_UNPROVIDED',
    'a',
    /hook a\.go.*a\.Thing/,
  ],
  [
    'a configuration nobody declares',
    [room('a', { hooks: [onStart('a.go', { config: section('a/b').token }, () => {})] })],
    'SERVICE_UNPROVIDED',
    'a',
    /a\/b.*declares/,
  ],
  [
    'a service of a module outside the sequence',
    [room('a', { provides: [provide(A, {}, () => thing)] }), room('b', { provides: [provide(B, { A }, () => thing)] })],
    'SEQUENCE_INCOMPLETE',
    'b',
    /a\.Thing.*"a".*Add 'a'/,
  ],
  [
    'a plugin on a module outside the sequence',
    [
      room('a', { provides: [provide(A, {}, () => thing)] }),
      room('b', { plugins: [plugin(A, { id: 'b.p', advise: () => ({}) })] }),
    ],
    'SEQUENCE_INCOMPLETE',
    'b',
    /plugin b\.p/,
  ],
  [
    'a configuration of a module outside the sequence',
    (() => {
      const settings = section('a/b');
      return [
        room('a', { acl, config: [settings] }),
        room('b', { hooks: [onStart('b.go', { c: settings.token }, () => {})] }),
      ];
    })(),
    'SEQUENCE_INCOMPLETE',
    'b',
    /a\/b/,
  ],
  [
    'two plugins of one id',
    [
      room('a', {
        provides: [provide(A, {}, () => thing)],
        plugins: [plugin(A, { id: 'p', advise: () => ({}) }), plugin(A, { id: 'p', advise: () => ({}) })],
      }),
    ],
    'ID_DUPLICATE',
    'a',
    /plugin "p"/,
  ],
  [
    'two observers of one id',
    ['a', 'b'].map((name) =>
      room(name, { observers: [observe(event(`${name}.E`), { id: 'o', when: 'committed', handle() {} })] }),
    ),
    'ID_DUPLICATE',
    'b',
    /observer "o".*"a"/,
  ],
  [
    'two hooks of one id',
    ['a', 'b'].map((name) => room(name, { hooks: [onStart('h', {}, () => {})] })),
    'ID_DUPLICATE',
    'b',
    /hook "h"/,
  ],
  [
    'two commands of one name',
    ['a', 'b'].map((name) => room(name, { commands: [job('x:y')] })),
    'ID_DUPLICATE',
    'b',
    /command "x:y"/,
  ],
  [
    'two routes for the same requests',
    [room('a', { routes: [page('GET /a/:one')] }), room('b', { routes: [page('GET /a/:two')] })],
    'ID_DUPLICATE',
    'b',
    /route "GET \/a/,
  ],
  [
    'two configurations of one path',
    [room('a', { acl, config: [section('a/b'), section('a/b')] })],
    'ID_DUPLICATE',
    'a',
    /a\/b/,
  ],
  ["an ACL resource in another module's name", [room('a', { acl: { 'b::x': '' } })], 'ACL_NAME', 'a', /a::<resource>/],
  [
    'a route with an ACL resource nobody declares',
    [room('a', { routes: [route('GET /x', { acl: 'a::nobody', handle() {} })] })],
    'ACL_UNDECLARED',
    'a',
    /route \/x.*a::nobody/,
  ],
  [
    'a mount with an ACL resource nobody declares',
    [room('a', { routes: [mount('/x', { acl: 'a::nobody', router: () => undefined as never })] })],
    'ACL_UNDECLARED',
    'a',
    /mount \/x/,
  ],
  [
    'a route that begins with a parameter',
    [room('a', { routes: [route('GET /:anything/page', { public: 'test', handle() {} })] })],
    'ROUTE_PATH',
    'a',
    /:anything\/page/,
  ],
  [
    'a configuration with one',
    [room('a', { config: [section('a/b', 'a::nobody')] })],
    'ACL_UNDECLARED',
    'a',
    /configuration a\/b/,
  ],
  [
    'a configuration path that no variable can name',
    [room('a', { acl, config: [section('a-x/b')] })],
    'CONFIG_PATH',
    'a',
    /a-x\/b/,
  ],
  [
    'a factory that throws',
    [
      room('a', {
        provides: [
          provide(A, {}, () => {
            throw new Error('no luck');
          }),
        ],
      }),
    ],
    'FACTORY_FAILED',
    'a',
    /a\.Thing.*no luck/,
  ],
  [
    'a contribution that throws',
    [room('a', { contributes: [contribute(Point, {}, () => Promise.reject(new Error('no luck')))] })],
    'FACTORY_FAILED',
    'a',
    /a\.Words.*no luck/,
  ],
  [
    'a factory that answers nothing',
    [room('a', { provides: [provide(A, {}, () => undefined as unknown as Thing)] })],
    'FACTORY_FAILED',
    'a',
    /answered nothing/,
  ],
];

describe('boot report', () => {
  for (const [fault, modules, code, module, words] of cases) {
    it(`tells ${fault}`, async () => {
      const problems = await problemsOf(modules);
      expect(problems.map((problem) => [problem.code, problem.module])).to.deep.equal([[code, module]]);
      expect(`${problems[0]?.message} ${problems[0]?.cure}`).to.match(words);
    });
  }

  it('prints the path of services that need each other, once', async () => {
    const C = service<Thing>('a.Third');
    const modules = [room('a', { provides: [provide(A, { B: C }, () => thing), provide(C, { A }, () => thing)] })];
    const problems = await problemsOf(modules);
    expect(problems.map(({ code }) => code)).to.deep.equal(['SERVICE_CYCLE']);
    expect(problems[0]?.message).to.contain('a.Thing → a.Third → a.Thing');
  });

  it('tells a wrong override of the environment and names the variable', async () => {
    const modules = [room('a', { acl, config: [section('a/b')] })];
    const overridden = environment({ configOverrides: { CONFIG__DEFAULT__A__B__ON: 'perhaps' } });
    const problems = await problemsOf(modules, { environment: overridden });
    expect(problems.map(({ code }) => code)).to.deep.equal(['CONFIG_OVERRIDE']);
    expect(problems[0]?.message).to.contain('CONFIG__DEFAULT__A__B__ON');
  });

  it('tells all faults at once, one line each, with module and code', async () => {
    const modules = [
      room('Bad'),
      room('a', { sequence: ['gone'], host: '^9' }),
      room('b', { acl: { 'x::y': '' }, commands: [job('j'), job('j')] }),
    ];
    const error = await boot(modules).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(BootError);
    const { problems, message, code } = error as BootError;
    expect(code).to.equal('BOOT_FAILED');
    expect(problems.map((problem) => problem.code)).to.have.members([
      'MODULE_NAME',
      'MODULE_MISSING',
      'HOST_RANGE',
      'ACL_NAME',
      'ID_DUPLICATE',
    ]);
    expect(message.split('\n')).to.have.length(6);
    expect(message).to.match(/^ {2}- b: .*\[ACL_NAME\]$/m);
  });

  it('fits one fault into one line', async () => {
    const error = (await boot([room('a', { host: '^9' })]).catch((caught: unknown) => caught)) as BootError;
    expect(error.message).to.match(/^Cannot start: a: .*\[HOST_RANGE\]$/);
  });

  it('tells every factory that fails and not what only depends on one', async () => {
    const fails = () => {
      throw new Error('broken');
    };
    const Other = service<Thing>('a.Other');
    const modules = [
      room('a', { provides: [provide(A, {}, fails), provide(Other, {}, fails)] }),
      room('b', { sequence: ['a'], provides: [provide(B, { A }, () => thing)] }),
    ];
    const problems = await problemsOf(modules);
    expect(problems.map(({ message }) => message.split(' ')[0])).to.deep.equal(['a.Thing', 'a.Other']);
    expect(problems[0]?.cause).to.be.instanceOf(Error);
  });
});

describe('optional modules', () => {
  it('may be asked with whenProvided, advised and added to while they are not there', async () => {
    let got: unknown = 'nothing yet';
    const soft = room('b', {
      optional: ['a'],
      provides: [
        provide(B, { a: whenProvided(A) }, ({ a }) => {
          got = a;
          return thing;
        }),
      ],
      plugins: [plugin(A, { id: 'b.p', advise: () => ({}) })],
      contributes: [contribute(Point, {}, () => 'word')],
    });
    await boot([soft]);
    expect(got).to.equal(undefined);
    await boot([soft, room('a', { provides: [provide(A, {}, () => thing)] })]);
    expect(got).to.equal(thing);
  });

  it('must still be named to be asked', async () => {
    const modules = [
      room('a', { provides: [provide(A, {}, () => thing)] }),
      room('b', { provides: [provide(B, { a: whenProvided(A) }, () => thing)] }),
    ];
    expect((await problemsOf(modules)).map(({ code }) => code)).to.deep.equal(['SEQUENCE_INCOMPLETE']);
  });
});
