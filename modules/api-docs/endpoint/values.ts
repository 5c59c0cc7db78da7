import { Variable } from '../../framework/index.ts';

/** An example as documents show it: every variable as a value that it might have. */
export function likely(example: unknown): unknown {
  if (example instanceof Variable) return example.like;
  if (Array.isArray(example)) return example.map(likely);
  if (typeof example !== 'object' || example === null) return example;
  return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, likely(value)]));
}

/** The variables in an example. */
export function variablesIn(example: unknown): readonly Variable[] {
  if (example instanceof Variable) return [example];
  if (typeof example !== 'object' || example === null) return [];
  return Object.values(example).flatMap(variablesIn);
}

/** JSON of an example in which every variable is what `write` makes of it. */
export function written(example: unknown, write: (variable: Variable) => string, indent?: number): string {
  const marks = new Map<string, Variable>();
  const marked = (value: unknown): unknown => {
    if (value instanceof Variable) {
      const mark = `\u0000${marks.size}\u0000`;
      marks.set(JSON.stringify(mark), value);
      return mark;
    }
    if (Array.isArray(value)) return value.map(marked);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, marked(one)]));
  };
  let text = JSON.stringify(marked(example), undefined, indent);
  for (const [mark, variable] of marks)
    text = text.replace(mark, () => (typeof variable.like === 'number' ? write(variable) : `"${write(variable)}"`));
  return text;
}
