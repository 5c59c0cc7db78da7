import type { ModifiedAttribute } from '../../activity/index.ts';
import { Badge, type Tone } from '../../admin/index.ts';
import { shownValue } from '../cli/csv.ts';
import { type FindingKind, findingKinds, type Severity } from '../finding.ts';
import { kinds } from '../kind/kinds.ts';

export const path = '/admin/reports/reconciliation';

const tones: Readonly<Record<Severity, Tone>> = { high: 'bad', medium: 'warn', low: 'neutral' };

/** How much a finding matters. */
export const SeverityBadge = ({ severity }: { severity: Severity }) => <Badge tone={tones[severity]}>{severity}</Badge>;

const longest = 80;
const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
const shown = (value: unknown): string => shortened(shownValue(value)) || '–';

/** What differs: how it should be, and how it is. */
export const Values = ({ values }: { values: readonly ModifiedAttribute[] }) => (
  <ul class="finding-values">
    {values.map(({ attribute, before, after }) => (
      <li key={attribute}>
        <code>{attribute}</code> {shown(after)} <span class="muted">should be</span> {shown(before)}
      </li>
    ))}
  </ul>
);

/** A choice among some kinds. */
export const kindOptions = (among: readonly FindingKind[]): Readonly<Record<string, string>> =>
  Object.fromEntries(findingKinds.filter((kind) => among.includes(kind)).map((kind) => [kind, kinds[kind].title]));

/** The kind of an address; undefined for what is none. */
export const askedKind = (text: string | undefined): FindingKind | undefined =>
  text !== undefined && Object.hasOwn(kinds, text) ? (text as FindingKind) : undefined;
