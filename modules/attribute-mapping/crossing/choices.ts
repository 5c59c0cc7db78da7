import type { AttributeOption, CustomerAttribute } from '../../customer/index.ts';
import { fold, invalidValue } from '../../scim/index.ts';
import type { MappedValue } from '../mapping.ts';
import { type Crossing, type Route, unfit } from './crossing.ts';

const mostNamed = 50;

/** The choices of a select, found by label (any spelling with the same fold) and by id. */
class Choices {
  private readonly ids = new Map<string, number>();
  private readonly labels = new Map<number, string>();
  private readonly options: readonly AttributeOption[];

  constructor(options: readonly AttributeOption[]) {
    this.options = options;
    for (const { id, label } of options) {
      this.labels.set(id, label);
      const key = fold(label);
      if (!this.ids.has(key)) this.ids.set(key, id);
    }
  }

  idOf(label: unknown): number | undefined {
    return typeof label === 'string' ? this.ids.get(fold(label)) : undefined;
  }

  labelOf(id: number): string | undefined {
    return this.labels.get(id);
  }

  /** The id, or a refusal that names what there is. */
  chosen(label: unknown, route: Route): number {
    if (typeof label === 'object') throw unfit(route, label, 'the label of a choice');
    const said = typeof label === 'number' ? String(label) : label;
    const id = this.idOf(said);
    if (id !== undefined) return id;
    const allowed = this.options.slice(0, mostNamed).map((option) => `"${option.label}"`);
    if (this.options.length > mostNamed) allowed.push(`and ${this.options.length - mostNamed} more`);
    const choices = allowed.length > 0 ? `choose one of ${allowed.join(', ')}` : 'the store has no choices for it yet';
    throw invalidValue(`${route.from} can't be ${JSON.stringify(String(said).slice(0, 100))}: ${choices}.`);
  }
}

/** Whole numbers stay numbers where the column holds numbers, and become text where it holds text. */
const idIn = ({ kind }: CustomerAttribute, id: number): MappedValue => (kind?.is === 'int' ? id : String(id));

/** A select: its label in SCIM, the option's id in the row. */
export function choice(attribute: CustomerAttribute): Crossing {
  const choices = new Choices(attribute.options);
  return {
    choice: true,
    toRow: (value, route) => (value == null || value === '' ? null : idIn(attribute, choices.chosen(value, route))),
    toScim: (value) => (value === null ? undefined : choices.labelOf(Number(value))),
    knows: (value) => choices.idOf(value) !== undefined,
  };
}

/** A multiselect: labels in SCIM, option ids with commas in the row, in the order of the options. */
export function manyChoices({ options }: CustomerAttribute): Crossing {
  const choices = new Choices(options);
  return {
    list: true,
    choice: true,
    toRow(value, route) {
      if (value == null || value === '') return null;
      const labels: readonly unknown[] = Array.isArray(value) ? value : [value];
      const ids = new Set(labels.map((label) => choices.chosen(label, route)));
      const ordered = options.filter(({ id }) => ids.has(id));
      return ordered.length === 0 ? null : ordered.map(({ id }) => id).join(',');
    },
    toScim(value) {
      const labels = String(value ?? '')
        .split(',')
        .flatMap((id) => choices.labelOf(Number(id)) ?? []);
      return labels.length > 0 ? labels : undefined;
    },
    knows: (value) => Array.isArray(value) && value.every((label) => choices.idOf(label) !== undefined),
  };
}
