import { counted } from '../../../admin/index.ts';
import type { MassAct } from './act.ts';

/** What became of those that were picked. */
export interface MassResult {
  done: number;
  same: number;
  gone: number;
  /** Whom and why, in a few words each. */
  readonly leftOut: string[];
}

/** So many of those that were left out are named. */
const mostNamed = 5;

const were = (count: number, what: string): string =>
  `${counted(count, 'customer')} ${count === 1 ? 'was' : 'were'} ${what}.`;

/** The same in sentences. */
export function resultOf(act: Pick<MassAct, 'past'>, { done, same, gone, leftOut }: MassResult) {
  const more = leftOut.length - mostNamed;
  const text = [
    done > 0 && were(done, act.past),
    same > 0 && `${counted(same, 'customer')} needed nothing.`,
    gone > 0 && `${counted(gone, 'customer')} ${gone === 1 ? 'is' : 'are'} there no more.`,
    leftOut.length > 0 && `Left out: ${leftOut.slice(0, mostNamed).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
  ]
    .filter(Boolean)
    .join(' ');
  if (done > 0) return { done: text };
  return leftOut.length > 0 ? { problem: text } : { note: text || 'Nothing was to be done.' };
}
