import type { Computed } from '../mapping.ts';
import { EvaluatorEnded, EvaluatorProcess } from './evaluator-process.ts';
import { ExpressionError } from './expression-error.ts';
import type { Expression, Expressions } from './expressions.ts';
import type { ExpressionAnswer, ExpressionFailure } from './message.ts';
import { faultOf } from './syntax.ts';

/** Users whose expressions may wait at a time; one more is told to come again. */
const mostWaiting = 500;

const cures: Readonly<Record<ExpressionFailure['code'], string>> = {
  syntax: 'Correct it in the mapping.',
  failed: 'Correct it in the mapping, or send the user as it expects.',
  'too-slow': 'Make it simpler: regular expressions that backtrack and endless recursion are the usual reasons.',
  'too-big': 'Make it work on less.',
};

function failed({ row, code, message }: ExpressionFailure): ExpressionError {
  const what = {
    syntax: `can't be read: ${message}`,
    failed: `failed: ${message}`,
    'too-slow': 'took longer than expressions may, and was stopped',
    'too-big': `took more memory or steps than expressions may${message ? ` (${message})` : ''}, and was stopped`,
  }[code];
  return new ExpressionError(
    code,
    `The expression of mapping row "${row}" ${what.replace(/\.$/, '')}. ${cures[code]}`,
    row,
  );
}

const stopped = (): ExpressionError =>
  new ExpressionError('stopped', 'The host is about to stop; nothing was changed. Try again later.');

/** The error that a task whose process ended is answered with. */
function reasonOf(error: unknown, batch: readonly Expression[]): unknown {
  if (!(error instanceof EvaluatorEnded) || error.why === 'broken') return error;
  if (error.why === 'stopped') return stopped();
  const row = error.row ?? batch[0]?.id ?? '';
  return failed({ row, code: error.why === 'late' ? 'too-slow' : 'too-big', message: '' });
}

function computedOf({ values, failure }: ExpressionAnswer): Computed {
  if (failure) throw failed(failure);
  return Object.fromEntries(values.map(([row, json]) => [row, JSON.parse(json) as unknown]));
}

/**
 * Expressions in one process, started when the first is asked for and anew after it was killed. Users take turns, so that
 * a user who keeps it busy costs others the deadline and nothing more.
 *
 * @param deadline milliseconds for the expressions of one user together
 */
export function createExpressions({ deadline }: { deadline: () => Promise<number> }): Expressions {
  let evaluator: EvaluatorProcess | undefined;
  let waiting = 0;
  let stops = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function turn(batch: readonly Expression[], resource: string): Promise<Computed> {
    const milliseconds = await deadline();
    if (!evaluator || evaluator.ended) evaluator = new EvaluatorProcess();
    try {
      const task = { batch, resource, patience: milliseconds * 0.8 };
      return computedOf(await evaluator.ask(task, milliseconds));
    } catch (error) {
      throw reasonOf(error, batch);
    }
  }

  return {
    async evaluate(batch, resource) {
      if (batch.length === 0) return {};
      if (waiting >= mostWaiting)
        throw new ExpressionError(
          'busy',
          `${mostWaiting} users wait for their mapping expressions already. Try again.`,
        );
      waiting++;
      const [text, before] = [JSON.stringify(resource), stops];
      const mine = last.then(() => {
        if (before !== stops) throw stopped();
        return turn(batch, text);
      });
      last = mine.catch(() => undefined);
      try {
        return await mine;
      } finally {
        waiting--;
      }
    },
    check: faultOf,
    async stop() {
      stops++;
      await evaluator?.stop();
      evaluator = undefined;
    },
  };
}
