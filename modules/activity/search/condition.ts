import { type ActivityOutcome, activityOutcomes } from '../activity.ts';
import { ActivityError } from '../error.ts';

/** What a record is judged by apart from whom it is about and when it was. */
export interface Judged {
  readonly operation: string;
  readonly outcome: string;
  readonly status: number;
}
export type Condition = (judged: Judged) => boolean;

const outcomeWords: Readonly<Record<string, readonly ActivityOutcome[]>> = {
  ...Object.fromEntries(activityOutcomes.map((outcome) => [outcome, [outcome]])),
  success: ['done', 'unchanged'],
  failure: ['refused', 'failed'],
};

/** `409`, `4xx`, `refused`, `success` … @throws ActivityError `FILTER_INVALID` */
export function statusCondition(text: string): Condition {
  const wanted = text.trim().toLowerCase();
  if (/^[1-5]\d\d$/.test(wanted)) return ({ status }) => status === Number(wanted);
  if (/^[1-5]xx$/.test(wanted)) return ({ status }) => Math.floor(status / 100) === Number(wanted[0]);
  const outcomes: readonly string[] | undefined = Object.hasOwn(outcomeWords, wanted)
    ? outcomeWords[wanted]
    : undefined;
  if (outcomes) return ({ outcome }) => outcomes.includes(outcome);
  throw new ActivityError(
    'FILTER_INVALID',
    `"${text}" is no status. Give an HTTP status (409), a class (4xx), or one of ${Object.keys(outcomeWords).join(', ')}.`,
  );
}

/** Words of administrators for several verbs. */
const verbs: Readonly<Record<string, readonly string[]>> = {
  update: ['update', 'replace', 'patch'],
  read: ['read', 'list', 'search'],
};

/** `user.create`, a verb (`create`, `update`), or everything about a resource (`user`). */
export function actionCondition(text: string): Condition {
  const wanted = text.trim().toLowerCase();
  if (!/^[a-z][\w-]*(\.[a-z][\w-]*)?$/.test(wanted))
    throw new ActivityError(
      'FILTER_INVALID',
      `"${text}" is no action. Give one like user.create, a verb like update, or a resource like group.`,
    );
  const alike = Object.hasOwn(verbs, wanted) ? (verbs[wanted] ?? []) : [wanted];
  return ({ operation }) => {
    const lower = operation.toLowerCase();
    const dot = lower.indexOf('.');
    return lower === wanted || lower.slice(0, dot) === wanted || alike.includes(lower.slice(dot + 1));
  };
}

/** Any of these, if there are any. */
export function anyOf(conditions: readonly Condition[]): Condition | undefined {
  if (conditions.length === 0) return undefined;
  return (judged) => conditions.some((condition) => condition(judged));
}
