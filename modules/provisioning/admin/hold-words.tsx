import { Badge, type Tone } from '../../admin/index.ts';
import type { Hold } from '../guard/hold/hold.ts';
import type { HeldItem } from '../guard/holds.ts';

const states: Readonly<Record<Hold['status'], readonly [Tone, string]>> = {
  open: ['warn', 'Waits for a decision'],
  approved: ['info', 'Being carried out'],
  done: ['good', 'Carried out'],
  denied: ['neutral', 'Denied'],
  withdrawn: ['neutral', 'Taken back by the provider'],
};

export function HoldState({ hold }: { hold: Hold }) {
  const [tone, words] = states[hold.status];
  return <Badge tone={tone}>{words}</Badge>;
}

export const holdStateWords: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(states).map(([state, [, words]]) => [state, words]),
);

/** What a held request would do: a PATCH that takes the right to log in reads "Deactivate the user". */
export const requestWords = ({ operation, loss }: Pick<HeldItem, 'operation' | 'loss'>): string => {
  if (loss === 'leave' && operation !== 'group.delete') return 'Take members out of the group';
  if (loss === 'deactivate' && operation.startsWith('user.')) return 'Deactivate the user';
  return operationWords(operation);
};

/** `user.patch` → "Change the user". */
const operationWords = (operation: HeldItem['operation']): string => {
  const [resource = '', verb = ''] = operation.split('.');
  const verbs: Readonly<Record<string, string>> = {
    patch: 'Change',
    replace: 'Change',
    delete: 'Delete',
    create: 'Create',
  };
  return `${verbs[verb] ?? verb} the ${resource}`;
};

const lost: Readonly<Record<string, string>> = {
  deactivate: 'Deactivated',
  delete: 'Deleted',
  leave: 'Left in no group',
};
export const lossWords = (kind: string): string => lost[kind] ?? kind;

const itemStates: Readonly<Record<HeldItem['status'], readonly [Tone, string]>> = {
  waiting: ['warn', 'Waits'],
  done: ['good', 'Carried out'],
  failed: ['bad', 'Failed'],
  denied: ['neutral', 'Denied'],
  withdrawn: ['neutral', 'Taken back'],
  superseded: ['neutral', 'Replaced by a later one'],
};

export function ItemState({ item }: { item: HeldItem }) {
  const [tone, words] = itemStates[item.status];
  return <Badge tone={tone}>{words}</Badge>;
}
