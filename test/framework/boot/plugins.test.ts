import { expect } from 'chai';
import {
  type Advice,
  createTestHost,
  defineModule,
  type Plugin,
  plugin,
  provide,
  type ServiceToken,
  service,
} from '../../../modules/framework/index.ts';
import { boot, problemsOf, room } from '../kernel.ts';

interface Greeter {
  greet(name: string): Promise<string>;
  leave(): Promise<string>;
}
const Greeter: ServiceToken<Greeter> = service<Greeter>('hall.Greeter');

class Porter implements Greeter {
  #count = 0;
  mood = 'calm';
  async greet(name: string): Promise<string> {
    this.#count += 1;
    return `Hello ${name}, ${this.mood}`;
  }
  async leave(): Promise<string> {
    return `left by ${this.#count}`;
  }
  get count(): number {
    return this.#count;
  }
}

const hall = (create: () => Greeter = () => new Porter()) => room('hall', { provides: [provide(Greeter, {}, create)] });

const mark = (id: string, more: Partial<Plugin> = {}): Plugin => ({
  ...plugin(Greeter, { id, advise: () => ({ greet: { after: async (result) => `${result} ${id}` } }) }),
  ...more,
});

const guest = (name: string, ...plugins: Plugin[]) => room(name, { sequence: ['hall'], plugins });

describe('plugins of a booted host', () => {
  it('run by ascending sort order; none comes first; equal ones keep module order', async () => {
    const host = await boot([
      guest('zebra', mark('z5', { sortOrder: 5 }), mark('z-none')),
      guest('ant', mark('a9', { sortOrder: 9 }), mark('a5', { sortOrder: 5 }), mark('a-minus', { sortOrder: -3 })),
      guest('bee', mark('b-none'), mark('b5', { sortOrder: 5 })),
      hall(),
    ]);
    expect(await host.resolve(Greeter).greet('x')).to.equal('Hello x, calm b-none z-none a-minus a5 b5 z5 a9');
  });

  it('are left out when disabled', async () => {
    const host = await boot([hall(), guest('ant', mark('a', { disabled: true }), mark('b'))]);
    expect(await host.resolve(Greeter).greet('x')).to.equal('Hello x, calm b');
    expect(host.describePlugins()[0]?.plugins.map(({ id }) => id)).to.deep.equal(['b']);
    expect(host.tree()).to.contain('plugin a on hall.Greeter (disabled)');
  });

  it('leave a service alone that nobody advises', async () => {
    const porter = new Porter();
    expect((await boot([hall(() => porter)])).resolve(Greeter)).to.equal(porter);
    const off = await boot([hall(() => porter), guest('ant', mark('a', { disabled: true }))]);
    expect(off.resolve(Greeter)).to.equal(porter);
  });

  it('keep `this`, private fields, accessors and the class of a service', async () => {
    const porter = new Porter();
    const host = await boot([hall(() => porter), guest('ant', mark('a'))]);
    const woven = host.resolve(Greeter) as Porter;
    expect(woven).to.be.instanceOf(Porter).and.not.equal(porter);
    woven.mood = 'merry';
    expect(await woven.greet('x')).to.equal('Hello x, merry a');
    expect([await woven.leave(), woven.count, porter.count, porter.mood]).to.deep.equal(['left by 1', 1, 1, 'merry']);
    const { leave } = woven;
    expect(await leave()).to.equal('left by 1');
  });

  it('advise frozen plain objects and do not change the object', async () => {
    const plain = Object.freeze({ greet: async (name: string) => name, leave: async () => 'left' });
    const host = await boot([hall(() => plain), guest('ant', mark('a'))]);
    expect(await host.resolve(Greeter).greet('x')).to.equal('x a');
    expect(await plain.greet('x')).to.equal('x');
  });

  it('get what they inject', async () => {
    const Ending = service<{ text: string }>('ant.Ending');
    const ant = room('ant', {
      sequence: ['hall'],
      provides: [provide(Ending, {}, () => ({ text: '!' }))],
      plugins: [
        plugin(Greeter, {
          id: 'ant.end',
          inject: { ending: Ending },
          advise: ({ ending }): Advice<Greeter> => ({ greet: { after: async (result) => result + ending.text } }),
        }),
      ],
    });
    expect(await (await boot([hall(), ant])).resolve(Greeter).greet('x')).to.equal('Hello x, calm!');
  });

  it('are described by service, short name or method', async () => {
    const host = await boot([
      hall(),
      guest(
        'ant',
        mark('ant.mark', { sortOrder: 7 }),
        plugin(Greeter, { id: 'ant.hush', advise: () => ({ leave: { around: async (next) => next() } }) }),
      ),
    ]);
    expect(host.describePlugins('Greeter.greet')).to.deep.equal([
      {
        service: 'hall.Greeter',
        method: 'greet',
        plugins: [{ id: 'ant.mark', module: 'ant', sortOrder: 7, advises: ['after'] }],
        calls: ['real', 'ant.mark.after'],
      },
    ]);
    expect(host.describePlugins('hall.Greeter').map(({ method }) => method)).to.have.members(['greet', 'leave']);
    expect(host.describePlugins(Greeter)).to.have.length(2);
    expect(host.describePlugins('Other')).to.deep.equal([]);
  });

  it('for a method that is not there keep the host from starting', async () => {
    const wrong = {
      ...mark('ant.wrong'),
      advise: () => ({ greets: { after: (result: unknown) => result } }),
    };
    const [problem] = await problemsOf([hall(), guest('ant', wrong)]);
    expect(problem).to.include({ code: 'METHOD_UNKNOWN', module: 'ant' });
    expect(problem?.message).to.contain('hall.Greeter.greets');
  });

  it('that inject the service they advise are a cycle', async () => {
    const own = plugin(Greeter, { id: 'ant.own', inject: { greeter: Greeter }, advise: () => ({}) });
    const problems = await problemsOf([hall(), guest('ant', own)]);
    expect(problems.map(({ code }) => code)).to.deep.equal(['SERVICE_CYCLE']);
    expect(problems[0]?.message).to.contain('hall.Greeter → hall.Greeter');
  });

  it('advise what a test put in the place of a service', async () => {
    const fake: Greeter = { greet: async () => 'fake', leave: async () => '' };
    const test = await createTestHost({
      modules: [hall(), defineModule(guest('ant', mark('a')))],
      override: [[Greeter, fake]],
    });
    expect(await test.resolve(Greeter).greet('x')).to.equal('fake a');
    await test.close();
  });
});
