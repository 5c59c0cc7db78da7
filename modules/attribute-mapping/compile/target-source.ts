import type { MappingRow } from '../document/document.ts';
import type { Target } from '../document/target.ts';
import type { Source } from '../source/source.ts';
import { fault } from './report.ts';

/** Targets that only one attribute may lead to, as it is: what locks people out, and what opens the door. */
const boundTargets: ReadonlyMap<string, string> = new Map([
  ['is_active', 'active'],
  ['password', 'password'],
]);

/** Refuses another way to a bound target, and a password on its way to anything else. @throws RowFault */
export function requireRightSource(row: MappingRow, target: Target, source: Source | undefined): void {
  const wanted = boundTargets.get(target.key);
  const plain = row.type === 'direct' && (row.transforms ?? []).length === 0;
  if (wanted !== undefined && !(plain && source?.attribute === wanted))
    throw fault(
      row.id,
      'target',
      'target-needs-source',
      `Only the attribute "${wanted}" leads to "${target.key}", directly and as it is.`,
      `Make it a direct row with the source "${wanted}" and without transforms, or choose another target.`,
    );
  if (source && target.key !== 'password') requireNoPassword(row, source);
}

/** Refuses a password on its way to anything but its own target. @throws RowFault */
export function requireNoPassword(row: MappingRow, source: Source): void {
  if (source.attribute === 'password')
    throw fault(
      row.id,
      row.type === 'template' ? 'template' : 'source',
      'source-read-only',
      'A password goes nowhere but to the target "password".',
      'Choose another source.',
    );
}
