import { expect } from 'chai';
import fc from 'fast-check';
import { composeChain, type Link, traceChain } from '../../../modules/framework/boot/chain.ts';

/** A plugin that writes down what it does. */
function writing(id: string, kinds: readonly ('before' | 'around' | 'after')[], trace: string[]): Link {
  return {
    id,
    advice: {
      ...(kinds.includes('before') && {
        before: () => {
          trace.push(`${id}.before`);
        },
      }),
      ...(kinds.includes('around') && {
        around: async (next, ...args) => {
          trace.push(`${id}.around>`);
          const result: unknown = await next(...args);
          trace.push(`<${id}.around`);
          return result;
        },
      }),
      ...(kinds.includes('after') && {
        after: (result: unknown) => {
          trace.push(`${id}.after`);
          return result;
        },
      }),
    },
  };
}

async function run(plugins: readonly (readonly [string, readonly ('before' | 'around' | 'after')[]])[]) {
  const trace: string[] = [];
  const links = plugins.map(([id, kinds]) => writing(id, kinds, trace));
  const chain = composeChain(links, async () => {
    trace.push('real');
    return 'result';
  });
  const result: unknown = await chain();
  return { trace, result, told: traceChain(links) };
}

/**
 * Magento's PluginList and Interceptor written down again as they are: per plugin code its own list of befores, the one
 * around and its afters ("what follows after me"), walked from the root.
 */
function reference(plugins: readonly (readonly [string, readonly ('before' | 'around' | 'after')[]])[]): string[] {
  type Follow = { before: string[]; around?: string; after: string[] };
  const following = new Map<string, Follow>();
  let last = '__self';
  for (const [id, kinds] of plugins) {
    const follow = following.get(last) ?? { before: [], after: [] };
    following.set(last, follow);
    if (kinds.includes('before')) follow.before.push(id);
    if (kinds.includes('after')) follow.after.push(id);
    if (kinds.includes('around')) {
      follow.around = id;
      last = id;
    }
  }
  const trace: string[] = [];
  const call = (code: string): void => {
    const info = following.get(code);
    for (const id of info?.before ?? []) trace.push(`${id}.before`);
    if (info?.around === undefined) trace.push('real');
    else {
      trace.push(`${info.around}.around>`);
      call(info.around);
      trace.push(`<${info.around}.around`);
    }
    for (const id of info?.after ?? []) trace.push(`${id}.after`);
  };
  call('__self');
  return trace;
}

describe('plugin chain', () => {
  it("runs A(10), B(20, around), C(30) in Magento's order", async () => {
    const { trace, result } = await run([
      ['A', ['before', 'after']],
      ['B', ['before', 'around', 'after']],
      ['C', ['before', 'after']],
    ]);
    expect(trace.join(' ')).to.equal('A.before B.before B.around> C.before real C.after <B.around A.after B.after');
    expect(result).to.equal('result');
  });

  it('runs without arounds all befores, the method, all afters ascending', async () => {
    const both = ['before', 'after'] as const;
    const { trace } = await run([
      ['A', both],
      ['B', both],
      ['C', both],
    ]);
    expect(trace.join(' ')).to.equal('A.before B.before C.before real A.after B.after C.after');
  });

  it('agrees with the reference model, and describes itself truly, for any plugins', async () => {
    const kinds = fc.subarray(['before', 'around', 'after'] as const);
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { maxLength: 8 }), async (lists) => {
        const plugins = lists.map((list, index) => [`p${index}`, list] as const);
        const { trace, told } = await run(plugins);
        expect(trace).to.deep.equal(reference(plugins));
        expect(told).to.deep.equal(trace);
      }),
      { numRuns: 300 },
    );
  });

  it('lets a before replace the arguments for the next before, the method and the afters', async () => {
    const seen: unknown[] = [];
    const chain = composeChain(
      [
        { id: 'a', advice: { before: (x: number) => [x + 1], after: (result, x) => [...result, 'a', x] } },
        { id: 'b', advice: { before: async (x: number) => [x * 10], after: async (result) => [...result, 'b'] } },
        { id: 'c', advice: { before: () => undefined } },
      ],
      async (x: number) => {
        seen.push(x);
        return ['real', x];
      },
    );
    expect(await chain(1)).to.deep.equal(['real', 20, 'a', 20, 'b']);
    expect(seen).to.deep.equal([20]);
  });

  it('lets an around keep the rest from running, and pass other arguments', async () => {
    let ran = 0;
    const real = async (x: number) => {
      ran += 1;
      return x;
    };
    const stopping = composeChain([{ id: 'a', advice: { around: async () => 'kept' } }], real);
    expect(await stopping(1)).to.equal('kept');
    expect(ran).to.equal(0);
    const passing = composeChain([{ id: 'a', advice: { around: (next, x: number) => next(x + 5) } }], real);
    expect(await passing(1)).to.equal(6);
  });

  it('hands an error of the method to the caller and runs no after', async () => {
    const trace: string[] = [];
    const chain = composeChain([writing('a', ['before', 'after'], trace)], async () => {
      throw new Error('no');
    });
    expect(await chain().catch((error: Error) => error.message)).to.equal('no');
    expect(trace).to.deep.equal(['a.before']);
  });

  it('is the method itself where there is no plugin', () => {
    const real = async () => 1;
    expect(composeChain([], real)).to.equal(real);
  });
});
