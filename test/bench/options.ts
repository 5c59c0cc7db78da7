import { parseArgs } from 'node:util';

export const usage = `npm run bench [-- [rounds] [requests] [options]]
  --only create,page   only these phases
  --peers              @boxyhq/saml-jackson and better-auth as further targets
  --scale [customers]  instead: what a request reads at 1,000 and at 1,000,000 customers
  --saml               instead: what a login costs next to the signature checks it needs
  --webhooks           instead: how long after its commit a change is told to a receiver
  --capture            instead: what capture costs writers, the host's own and others
  --write              put the figures of this run into test/bench/RESULTS.md`;

export interface BenchOptions {
  readonly rounds: number;
  readonly requests: number;
  /** Names of phases; all of them when left out. */
  readonly only: readonly string[] | undefined;
  readonly peers: boolean;
  /** Customers of the large store; undefined when the bench is to compare speeds. */
  readonly scale: number | undefined;
  readonly saml: boolean;
  readonly capture: boolean;
  readonly webhooks: boolean;
  readonly write: boolean;
}

function positive(text: string, what: string): number {
  const value = Number(text.replaceAll(/[_,]/g, ''));
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${what} is "${text}"; it has to be a whole number above 0\n${usage}`);
}

/** Reads the command line of the bench. @throws Error that says what is wrong with it */
export function readOptions(parameters: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      peers: { type: 'boolean', default: false },
      scale: { type: 'boolean', default: false },
      saml: { type: 'boolean', default: false },
      capture: { type: 'boolean', default: false },
      webhooks: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const [first, second] = positionals;
  return {
    rounds: positive((values.scale ? undefined : first) ?? '5', 'The number of rounds'),
    requests: positive(second ?? '3000', 'The number of requests'),
    only: values.only?.split(',').map((name) => name.trim()),
    peers: values.peers,
    scale: values.scale ? positive(first ?? '1000000', 'The number of customers') : undefined,
    saml: values.saml,
    capture: values.capture,
    webhooks: values.webhooks,
    write: values.write,
  };
}
