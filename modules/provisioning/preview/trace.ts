import type { ScimError } from '../../scim/index.ts';

/** The way of a creation: whom the user meets among those who are there shows when it is written. */
const creating = ['authenticate', 'receive', 'normalise', 'map', 'match', 'validate', 'write', 'answer'] as const;
const changing = ['authenticate', 'receive', 'normalise', 'match', 'map', 'validate', 'write', 'answer'] as const;
const removing = ['authenticate', 'match', 'write', 'answer'] as const;
type Step = (typeof creating)[number];

/** One step on the way of a request. */
export interface PreviewStep {
  readonly step: Step;
  readonly outcome: 'done' | 'failed' | 'not reached';
  /** What was found or decided there; for a failure, why. */
  readonly note: string;
  readonly milliseconds?: number;
}

export interface Travelled {
  readonly method: string;
  /** The steps that the real path has told of, with their times. */
  readonly passed: readonly { readonly step: string; readonly milliseconds?: number | undefined }[];
  readonly error: ScimError | undefined;
  /** What was found at a step, in a sentence. */
  readonly found: Readonly<Partial<Record<Step, string>>>;
}

/** Refusals that are about whom the request meets, not about what it says. */
const aboutOthers: ReadonlySet<number> = new Set([403, 404, 409, 412]);

const wayOf = (method: string): readonly Step[] =>
  method === 'POST' ? creating : method === 'DELETE' ? removing : changing;

/** The step at which a request was refused: the first that it did not pass, as far as the refusal does not tell better. */
function failedStep(way: readonly Step[], passed: ReadonlySet<string>, { status, code }: ScimError): Step {
  // The guard looks last of all, in the transaction that would write.
  if (code === 'SCIM_HELD') return 'write';
  const first = way.find((step) => !passed.has(step)) ?? 'answer';
  const understood = passed.has('normalise') || !way.includes('normalise');
  if (understood && passed.has('authenticate') && aboutOthers.has(status)) return 'match';
  return first === 'match' ? 'validate' : first;
}

/** The trace of a request that was tried: every step, how it ended, and what was found. */
export function traceOf({ method, passed, error, found }: Travelled): PreviewStep[] {
  const way = wayOf(method);
  const failed = error && failedStep(way, new Set(passed.map(({ step }) => step)), error);
  const until = failed ? way.indexOf(failed) : way.length;
  return way.map((step, at): PreviewStep => {
    const took = passed.filter((one) => one.step === step).reduce((sum, one) => sum + (one.milliseconds ?? 0), 0);
    const milliseconds = took === 0 ? {} : { milliseconds: Math.round(took * 1_000) / 1_000 };
    if (step === failed) return { step, outcome: 'failed', note: error?.message ?? '', ...milliseconds };
    // The answer is given in any case.
    if (at > until && step !== 'answer') return { step, outcome: 'not reached', note: '' };
    return { step, outcome: 'done', note: found[step] ?? '', ...milliseconds };
  });
}
