import type { ScimError } from '../../scim/index.ts';

/** The way of every request, as it is told. */
const told = ['receive', 'authenticate', 'normalise', 'match', 'map', 'validate', 'write', 'answer'] as const;
type Step = (typeof told)[number];

/** The order in which steps are taken. Whom a new user meets among those who are there shows when it is written. */
const creating: readonly Step[] = ['authenticate', 'receive', 'normalise', 'map', 'match', 'validate', 'write'];
const changing: readonly Step[] = ['authenticate', 'receive', 'normalise', 'match', 'map', 'validate', 'write'];
const removing: readonly Step[] = ['authenticate', 'receive', 'match', 'write'];

/** One step on the way of a request. */
export interface PreviewStep {
  readonly step: Step;
  /** `not needed`: a deletion has no values, and what is there already is not mapped and written again. */
  readonly outcome: 'done' | 'failed' | 'not needed' | 'not reached';
  /** What was found or decided there; for a failure, why. */
  readonly note: string;
  readonly milliseconds?: number;
}

export interface Travelled {
  readonly method: string;
  /** The steps that the real path has told of, with their times. */
  readonly passed: readonly { readonly step: string; readonly milliseconds?: number | undefined }[];
  /** True where the user has all of it already. */
  readonly unchanged: boolean;
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
  const first = way.find((step) => !passed.has(step)) ?? 'write';
  const understood = passed.has('normalise') || !way.includes('normalise');
  if (understood && passed.has('authenticate') && aboutOthers.has(status)) return 'match';
  return first === 'match' && way.includes('validate') ? 'validate' : first;
}

/** The trace of a request that was tried: every step, how it ended, and what was found. */
export function traceOf({ method, passed: steps, unchanged, error, found }: Travelled): PreviewStep[] {
  const way = wayOf(method);
  const passed = new Set(steps.map(({ step }) => step));
  const failed = error && failedStep(way, passed, error);
  const outcomeOf = (step: Step): PreviewStep['outcome'] => {
    if (step === failed) return 'failed';
    // Something came, and it is answered in any case.
    if (passed.has(step) || step === 'receive' || step === 'answer') return 'done';
    if (!way.includes(step)) return 'not needed';
    if (failed) return way.indexOf(step) < way.indexOf(failed) ? 'done' : 'not reached';
    return unchanged && way.indexOf(step) > way.indexOf('match') ? 'not needed' : 'done';
  };
  return told.map((step): PreviewStep => {
    const took = steps.filter((one) => one.step === step).reduce((sum, one) => sum + (one.milliseconds ?? 0), 0);
    const outcome = outcomeOf(step);
    const note = outcome === 'failed' ? error?.message : outcome === 'done' ? found[step] : undefined;
    return {
      step,
      outcome,
      note: note ?? '',
      ...(took === 0 ? {} : { milliseconds: Math.round(took * 1_000) / 1_000 }),
    };
  });
}
