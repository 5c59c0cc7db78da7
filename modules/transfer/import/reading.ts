import type { AttributeValue } from '../../customer/index.ts';
import type { SourceRow } from '../file/row.ts';
import { type Fault, ValueRefused } from '../transfer-error.ts';

/** The cells of a row, read one by one; what is wrong with them is gathered, so that a row is corrected once. */
export interface RowReading {
  readonly line: number;
  /** Undefined where the file says nothing, or nothing that can be read. */
  value(column: string): string | null | undefined;
  /** What a cell's text means: null clears, undefined leaves alone. */
  read<T extends AttributeValue | boolean>(column: string, meaning: (text: string) => T): T | null | undefined;
  fault(column: string | undefined, message: string): void;
}

/** Begins to read a row. */
export function readingOf({ line, cells }: SourceRow, faults: Fault[]): RowReading {
  const fault = (column: string | undefined, message: string) => void faults.push({ line, column, message });
  return {
    line,
    value: (column) => cells.get(column),
    read(column, meaning) {
      const text = cells.get(column);
      if (text === undefined || text === null) return text;
      try {
        return meaning(text);
      } catch (error) {
        if (!(error instanceof ValueRefused)) throw error;
        fault(column, error.message);
        return undefined;
      }
    },
    fault,
  };
}
