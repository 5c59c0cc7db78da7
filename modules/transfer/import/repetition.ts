import { createHash } from 'node:crypto';
import type { SourceRecord } from '../file/row.ts';
import type { Fault } from '../transfer-error.ts';
import { type Interpreter, interpret } from './interpret.ts';
import { foldEmail, type Wanted } from './wanted.ts';

/** Finds customers that stand in a file twice, without keeping their e-mails. */
export interface Repetitions {
  /** Remembers a customer; answers what is wrong where it stood in the file before. */
  check(wanted: Wanted): Fault | undefined;
  /** Remembers a record that is not imported anew. */
  note(record: SourceRecord, interpreter: Interpreter): void;
}

export function repetitions(): Repetitions {
  const lines = new Map<number, number>();
  const check: Repetitions['check'] = (wanted) => {
    const key = keyOf(wanted);
    const before = lines.get(key);
    if (before === undefined) {
      lines.set(key, wanted.line);
      return undefined;
    }
    const column = wanted.id === undefined ? 'email' : 'entity_id';
    return {
      line: wanted.line,
      column,
      message: `The customer stands in line ${before} already. Keep one of the two rows.`,
    };
  };
  return {
    check,
    note(record, interpreter) {
      const { wanted } = interpret(record, interpreter);
      if (wanted !== undefined) check(wanted);
    },
  };
}

/** 48 bits: two of a million customers meet by chance once in five hundred files. */
function keyOf({ id, email = '', websiteId = 0 }: Wanted): number {
  const text = id === undefined ? `${websiteId} ${foldEmail(email)}` : `#${id}`;
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}
