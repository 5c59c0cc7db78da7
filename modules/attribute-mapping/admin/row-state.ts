import { isDeepStrictEqual } from 'node:util';
import type { Tone } from '../../admin/index.ts';
import type { MappingDocument, MappingRow } from '../document/document.ts';
import type { MappingIssue } from '../document/issue.ts';
import { findRow } from './row-place.ts';

export interface RowMark {
  readonly tone: Tone;
  readonly words: string;
}

/** What is to be said of a row in a word each: what is wrong, whether it is new, what it is besides plain. */
export function marksOf(
  row: MappingRow,
  inEffect: MappingDocument | undefined,
  issues: readonly MappingIssue[],
): readonly RowMark[] {
  const before = inEffect && findRow(inEffect, row.id);
  const mark = (shown: boolean | undefined, tone: Tone, words: string): RowMark[] => (shown ? [{ tone, words }] : []);
  return [
    ...mark(
      issues.some(({ severity }) => severity === 'error'),
      'bad',
      'Error',
    ),
    ...mark(
      issues.some(({ severity }) => severity === 'warning'),
      'warn',
      'Warning',
    ),
    ...mark(inEffect && !before, 'info', 'New'),
    ...mark(before && !isDeepStrictEqual(before, row), 'info', 'Changed'),
    ...mark(row.enabled === false, 'neutral', 'Disabled'),
    ...mark(row.required, 'neutral', 'Required'),
    ...mark(row.locked, 'neutral', 'Locked'),
    ...mark(row.match !== undefined, 'neutral', `Match ${row.match}`),
  ];
}

export const directionWords: Readonly<Record<string, string>> = {
  in: 'In',
  out: 'Out',
  both: 'Both',
};
export const applyWords: Readonly<Record<string, string>> = {
  always: 'Always',
  create: 'Only when created',
  'if-empty': 'Only if empty',
};
export const typeWords: Readonly<Record<MappingRow['type'], string>> = {
  direct: 'Direct',
  constant: 'Constant',
  template: 'Template',
  lookup: 'Lookup',
  expression: 'Expression',
};
