import { expect } from 'chai';
import {
  contribute,
  createTestHost,
  Database,
  Events,
  event,
  extensionPoint,
  observe,
  provide,
  service,
} from '../../../modules/framework/index.ts';
import { boot, room } from '../kernel.ts';

const named = (id: string) => service<{ name: string }>(id);
const First = named('a.First');
const Second = named('a.Second');
const Third = named('b.Third');
const Words = extensionPoint<string>('a.Words');

describe('services', () => {
  it('are made once, each after what it needs, though declared in another order', async () => {
    const made: string[] = [];
    const make = (name: string) => () => {
      made.push(name);
      return { name };
    };
    const host = await boot([
      room('b', { sequence: ['a'], provides: [provide(Third, { first: First, second: Second }, make('third'))] }),
      room('a', { provides: [provide(First, { second: Second }, make('first')), provide(Second, {}, make('second'))] }),
    ]);
    expect(made).to.deep.equal(['second', 'first', 'third']);
    expect(host.resolve(First)).to.equal(host.resolve(First));
  });

  it('may be made by an async factory', async () => {
    const later = async () => ({ name: 'later' });
    const host = await boot([room('a', { provides: [provide(First, {}, later)] })]);
    expect(host.resolve(First).name).to.equal('later');
  });

  it('are made only as far as needed when something is named', async () => {
    const made: string[] = [];
    const make = (name: string) => () => {
      made.push(name);
      return { name };
    };
    const modules = [
      room('a', { provides: [provide(First, { second: Second }, make('first')), provide(Second, {}, make('second'))] }),
      room('b', { provides: [provide(Third, {}, make('third'))] }),
    ];
    const host = await boot(modules, { only: [First] });
    expect(made).to.deep.equal(['second', 'first']);
    expect(() => host.resolve(Third)).to.throw('b.Third was not created');
  });

  it('give way to overrides, whose factories do not run', async () => {
    const host = await boot(
      [
        room('a', {
          provides: [provide(First, { Second }, () => ({ name: 'real' })), provide(Second, {}, () => ({ name: '' }))],
        }),
      ],
      {
        override: [[First, { name: 'fake' }]],
      },
    );
    expect(host.resolve(First).name).to.equal('fake');
  });
});

describe('extension points', () => {
  it('resolve to all contributions in module order, and to none where nobody contributes', async () => {
    let got: readonly string[] = [];
    const host = await boot([
      room('z', {
        sequence: ['a'],
        contributes: [contribute(Words, {}, () => 'z1'), contribute(Words, {}, () => 'z2')],
      }),
      room('b', { sequence: ['a'], contributes: [contribute(Words, { first: First }, ({ first }) => first.name)] }),
      room('a', {
        provides: [
          provide(First, {}, () => ({ name: 'one' })),
          provide(Second, { words: Words }, ({ words }) => {
            got = words;
            return { name: '' };
          }),
        ],
      }),
    ]);
    expect(got).to.deep.equal(['one', 'z1', 'z2']);
    expect(host.resolve(extensionPoint<string>('a.Nothing'))).to.deep.equal([]);
  });
});

describe('boot tree', () => {
  it('shows modules in order, services with their time, and what they add', async () => {
    const happened = event('a.Happened');
    const host = await boot([
      room('b', { sequence: ['a'], observers: [observe(happened, { id: 'b.watch', when: 'committed', handle() {} })] }),
      room('a', {
        provides: [provide(First, {}, () => ({ name: '' }))],
        contributes: [contribute(Words, {}, () => 'w')],
      }),
    ]);
    const tree = host.tree();
    expect(tree).to.match(/^framework /);
    expect(tree.replace(/\d+\.\d ms/g, '# ms')).to.contain(
      'a 1.0.0\n├─ service a.First # ms\n└─ contribution to a.Words\nb 1.0.0\n└─ observer b.watch of a.Happened, committed',
    );
    expect(tree).to.contain('route GET /health/live');
  });
});

describe('events', () => {
  const Happened = event<{ id: number }>('a.Happened');

  async function open(fails: 'transaction' | 'committed' | 'nothing' = 'nothing') {
    const trace: string[] = [];
    const errors: object[] = [];
    const tell = (who: string, when: string, { id }: { id: number }, first: { name: string }): void => {
      trace.push(`${who} ${when} ${id} ${first.name}`);
      if (fails === when) throw new Error('broken');
    };
    const watchers = (who: string) => [
      observe(Happened, {
        id: `${who}.committed`,
        when: 'committed',
        inject: { first: First },
        handle: (happened, { first }) => tell(who, 'committed', happened, first),
      }),
      observe(Happened, {
        id: `${who}.transaction`,
        when: 'transaction',
        inject: { first: First },
        handle: (happened, { first }) => tell(who, 'transaction', happened, first),
      }),
    ];
    const test = await createTestHost({
      modules: [
        room('c', { sequence: ['a'], observers: watchers('c') }),
        room('b', { sequence: ['a'], observers: watchers('b') }),
        // the service that observers use emits the event itself
        room('a', { provides: [provide(First, { events: Events }, () => ({ name: 'one' }))] }),
      ],
      logger: { debug() {}, info() {}, warn() {}, error: (fields) => errors.push(fields) },
    });
    const emit = () =>
      test.resolve(Database).transaction(async (tx) => {
        await test.resolve(Events).emit(Happened, { id: 7 }, tx);
        trace.push('commit');
      });
    return { test, trace, errors, emit };
  }

  it('reach observers in module order, inside the transaction or after its commit', async () => {
    const { test, trace, emit } = await open();
    await emit();
    expect(trace).to.deep.equal([
      'b transaction 7 one',
      'c transaction 7 one',
      'commit',
      'b committed 7 one',
      'c committed 7 one',
    ]);
    await test.close();
  });

  it('roll the transaction back when an observer inside it fails', async () => {
    const { test, trace, emit } = await open('transaction');
    expect(await emit().catch((error: Error) => error.message)).to.equal('broken');
    expect(trace).to.deep.equal(['b transaction 7 one']);
    await test.close();
  });

  it('log what fails after the commit, and run the other observers', async () => {
    const { test, trace, errors, emit } = await open('committed');
    await emit();
    expect(trace.slice(3)).to.deep.equal(['b committed 7 one', 'c committed 7 one']);
    expect(errors.map((error) => 'observer' in error && error.observer)).to.deep.equal(['b.committed', 'c.committed']);
    await test.close();
  });

  it('are known to be observed or not', async () => {
    const { test } = await open();
    expect(test.resolve(Events).observed(Happened)).to.equal(true);
    expect(test.resolve(Events).observed(event('a.Other'))).to.equal(false);
    await test.close();
  });
});
