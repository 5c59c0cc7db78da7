import type { Tone } from '../../../admin/index.ts';
import type { Preview } from '../../preview/preview.ts';
import type { Trial } from './trial.ts';

/** A value as a row of the store has it. */
export type Shown = string | number | null | undefined;

/** What becomes of one target: incoming → mapped → present → difference. */
export interface TrialLine {
  readonly target: string;
  /** What the user brings, at which attribute; several where a row reads several. */
  readonly incoming: readonly { readonly source: string; readonly value: unknown }[];
  readonly mapped: Shown;
  /** What the mapping in effect comes to, where another one was tried and it differs. */
  readonly inEffect?: Shown;
  readonly present: Shown;
  readonly difference: Verdict;
}

/** What a request does to a value; `kept` where the mapping comes to something else than the store goes on having. */
export type Verdict = 'new' | 'changes' | 'cleared' | 'same' | 'kept' | 'refused';

export const verdictWords: Readonly<Record<Verdict, { readonly tone: Tone; readonly words: string }>> = {
  new: { tone: 'good', words: 'New' },
  changes: { tone: 'info', words: 'Changes' },
  cleared: { tone: 'warn', words: 'Cleared' },
  same: { tone: 'neutral', words: 'Same' },
  kept: { tone: 'neutral', words: 'Store’s stays' },
  refused: { tone: 'bad', words: 'Refused' },
};

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';
const isSame = (one: Shown, other: Shown): boolean => String(one ?? '') === String(other ?? '');

/** Targets that previews show by another name: the billing address is the one address where the two are told apart. */
export const shownTarget = (target: string): string =>
  target.replace(/^customer\./, '').replace(/^billing\./, 'address.');

/** What is under a prefix, by the names that targets have. */
const prefixed = (prefix: string, values: object | null | undefined) =>
  Object.entries(values ?? {}).map(([field, value]): [string, Shown] => [`${prefix}${field}`, value as Shown]);

const mappedValues = ({ customer, address, shipping }: Preview): ReadonlyMap<string, Shown> =>
  new Map([...prefixed('', customer), ...prefixed('address.', address), ...prefixed('shipping.', shipping)]);

function presentValues({ present }: Preview): ReadonlyMap<string, Shown> {
  const { address, ...row } = present ?? { address: null };
  return new Map([...prefixed('', row), ...prefixed('address.', address)]);
}

function verdictOf(preview: Preview, target: string, mapped: Shown, present: Shown): Verdict {
  const change = preview.difference.find((one) => one.target === target);
  if (change) return isEmpty(change.before) ? 'new' : isEmpty(change.after) ? 'cleared' : 'changes';
  if (preview.status >= 400) return 'refused';
  return isEmpty(mapped) || isSame(mapped, present) ? 'same' : 'kept';
}

/** What becomes of each target that anything is said of: of those that change, have a value, or are brought one. */
export function trialLines({ preview, inEffect }: Pick<Trial, 'preview' | 'inEffect'>): readonly TrialLine[] {
  const mapped = mappedValues(preview);
  const other = inEffect && mappedValues(inEffect);
  const present = presentValues(preview);
  const after = new Map(preview.difference.map((one) => [one.target, one.after]));
  const before = new Map(preview.difference.map((one) => [one.target, one.before]));
  const brought = new Map<string, { source: string; value: unknown }[]>();
  for (const { target, source, value } of preview.incoming) {
    const shown = shownTarget(target);
    brought.set(shown, [...(brought.get(shown) ?? []), { source, value }]);
  }
  const hasIncoming = (target: string): boolean =>
    (brought.get(target) ?? []).some(({ value }) => !isEmpty(value) && target !== 'password');
  return [...new Set([...mapped.keys(), ...brought.keys(), ...(other?.keys() ?? []), ...after.keys()])]
    .filter(
      (target) =>
        after.has(target) || !isEmpty(mapped.get(target)) || !isEmpty(other?.get(target)) || hasIncoming(target),
    )
    .map((target) => lineOf(target));

  function lineOf(target: string): TrialLine {
    // What the store fills in by itself is in no mapping: it is what would be there.
    const value = mapped.has(target) ? mapped.get(target) : after.get(target);
    const now = present.has(target) ? present.get(target) : before.get(target);
    const differs = other !== undefined && !isSame(other.get(target), mapped.get(target));
    return {
      target,
      incoming: brought.get(target) ?? [],
      mapped: value,
      ...(differs ? { inEffect: other.get(target) } : {}),
      present: now,
      difference: verdictOf(preview, target, value, now),
    };
  }
}
