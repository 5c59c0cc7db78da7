import type { ModifiedAttribute } from '../../activity/index.ts';
import type { Fault } from '../transfer-error.ts';
import type { Plan } from './plan.ts';
import type { Surroundings } from './surroundings.ts';

/** A value as a line of text shows it. */
const shown = (text: string): string => text.replace(/\r?\n/g, ' ⏎ ');

/** How a dry run writes a changed value: as the file would have it. */
export function modifiedText({ attribute, before, after }: ModifiedAttribute, around: Surroundings): string {
  const [was, is] = [before, after].map((value) => textOf(attribute, value, around));
  return `${attribute}: ${was} → ${is}`;
}

function textOf(attribute: string, value: unknown, { codecs, groups, stores }: Surroundings): string {
  if (value === null || value === undefined) return '∅';
  const named = attribute === 'group_id' ? groups : attribute === 'store_id' ? stores : undefined;
  const found = named?.find(({ id }) => id === value);
  if (found) return found.code;
  const codec = codecs.get(attribute);
  return shown(codec && (typeof value === 'string' || typeof value === 'number') ? codec.toText(value) : String(value));
}

export const faultText = ({ line, column, message }: Fault): string =>
  `line ${line}${column === undefined ? '' : `, ${column}`}: ${message}`;

/** What would be done with a record, in lines; nothing for one that stays as it is. */
export function planText(plan: Plan, around: Surroundings): string {
  if (plan.kind === 'unchanged') return '';
  if (plan.kind === 'failed') return plan.faults.map((fault) => `fail    ${faultText(fault)}\n`).join('');
  const { line, email, id } = plan.wanted;
  const who = email ?? `customer ${id}`;
  if (plan.kind === 'skipped') return `skip    line ${line} ${who}: ${plan.reason}\n`;
  const existing = plan.kind === 'update' ? ` (customer ${plan.current.id})` : '';
  const changes = plan.modified.map((modified) => `          ${modifiedText(modified, around)}\n`);
  return `${plan.kind}  line ${line} ${who}${existing}\n${changes.join('')}`;
}
