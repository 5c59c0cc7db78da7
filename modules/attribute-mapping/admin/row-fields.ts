import { type Direction, directions, type Literal, type MappingRow } from '../document/document.ts';
import type { TransformUse } from '../transform/chain.ts';
import { literalText, type RowValues, rowTypes, type TransformValues } from './row-values.ts';

/** What a form says, as texts. */
export function rowValues(form: URLSearchParams): RowValues {
  const text = (name: string): string => (form.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  const options = form.getAll('transformOptions');
  return {
    type: rowTypes.find((type) => type === form.get('type')) ?? 'direct',
    source: text('source'),
    value: text('value'),
    template: text('template'),
    table: text('table'),
    otherwise: text('otherwise'),
    expression: text('expression'),
    target: text('target'),
    direction: text('direction'),
    apply: text('apply'),
    onNull: text('onNull'),
    default: text('default'),
    match: text('match'),
    required: form.has('required'),
    locked: form.has('locked'),
    enabled: form.has('enabled'),
    declare: form.has('declare'),
    comment: text('comment'),
    transforms: form.getAll('transform').flatMap((name, at) => {
      const said = (options[at] ?? '').trim();
      return name === '' && said === '' ? [] : [{ name, options: said }];
    }),
  };
}

/** What keeps a form from being a row at all, by its field. */
export type FieldErrors = Readonly<Record<string, string>>;

export type ReadRow = { readonly row: MappingRow } | { readonly errors: FieldErrors };

/** A text as a value of a document: a JSON list is one, `true` and `false` are, and what was a number stays one. */
function literal(text: string, before: Literal | undefined): Literal {
  if (before !== undefined && literalText(before) === text) return before;
  if (text === 'true' || text === 'false') return text === 'true';
  try {
    const list: unknown = text.startsWith('[') ? JSON.parse(text) : undefined;
    if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list;
  } catch {
    // Text that only looks like a list is text.
  }
  return text;
}

function transformUse({ name, options }: TransformValues): TransformUse {
  if (options === '') return name;
  const read: unknown = JSON.parse(options);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new SyntaxError('no object');
  return { name, ...read };
}

function tableOf(text: string, before: MappingRow | undefined): Record<string, Literal> {
  const old = before?.type === 'lookup' ? before.table : {};
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf('=>');
      if (at < 0) throw new SyntaxError(line.trim());
      const key = line.slice(0, at).trim();
      return [key, literal(line.slice(at + 2).trim(), Object.hasOwn(old, key) ? old[key] : undefined)];
    }),
  );
}

/** The row that a form says; `before` is the row as it was. What its values come to is the document's check's business. */
export function readRow(values: RowValues, id: string, before?: MappingRow): ReadRow {
  const errors: Record<string, string> = {};
  const attempt = <T>(field: string, message: (text: string) => string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      errors[field] = message(error.message);
      return undefined;
    }
  };
  const need = (field: keyof RowValues, message: string): string => {
    if (values[field] === '') errors[field] = message;
    return String(values[field]);
  };
  const transforms = values.transforms.flatMap((one, at) => {
    const field = `transformOptions-${at}`;
    if (one.name === '') errors[field] = 'Choose the transform that these options are for.';
    const use = attempt(
      field,
      () => 'Write the options as a JSON object, such as {"separator": "@"}.',
      () => transformUse(one),
    );
    return use === undefined ? [] : [use];
  });
  const own = (): Record<string, unknown> => {
    switch (values.type) {
      case 'direct':
        return { source: need('source', 'Say which attribute the value comes from.') };
      case 'constant':
        return {
          value: literal(need('value', 'Say the value.'), before?.type === 'constant' ? before.value : undefined),
        };
      case 'template':
        return { template: need('template', 'Write a template, such as {name.givenName} {name.familyName}.') };
      case 'expression':
        return { expression: need('expression', 'Write a JSONata expression, such as $uppercase(name.familyName).') };
      case 'lookup':
        need('table', 'Write at least one line, such as DE => Germany.');
        return {
          source: need('source', 'Say which attribute is looked up.'),
          table: attempt(
            'table',
            (line) => `Write each line as "what comes => what it stands for"; "${line}" has no =>.`,
            () => tableOf(values.table, before),
          ),
          ...(values.otherwise === ''
            ? {}
            : { otherwise: literal(values.otherwise, before?.type === 'lookup' ? before.otherwise : undefined) }),
        };
    }
  };
  const type = own();
  need('target', 'Choose where the value goes.');
  if (values.onNull === 'default') need('default', 'Say the value for users who have none.');
  if (values.match !== '' && !/^[1-9]\d?$/.test(values.match)) errors.match = 'Give a whole number from 1.';
  if (Object.keys(errors).length > 0) return { errors };
  const direction: Direction | undefined = directions.find((known) => known === values.direction);
  // Whether that is a row of its type, the document's schema says.
  const row: object = {
    id,
    type: values.type,
    ...type,
    target: values.target,
    ...(transforms.length > 0 ? { transforms } : {}),
    ...(direction ? { direction } : {}),
    ...(values.apply === 'create' || values.apply === 'if-empty' ? { apply: values.apply } : {}),
    ...(values.onNull === 'keep' || values.onNull === 'default' ? { onNull: values.onNull } : {}),
    ...(values.onNull === 'default' ? { default: literal(values.default, before?.default) } : {}),
    ...(values.required ? { required: true } : {}),
    ...(values.match === '' ? {} : { match: Number(values.match) }),
    ...(values.locked ? { locked: true } : {}),
    ...(values.enabled ? {} : { enabled: false }),
    ...(values.comment === '' ? {} : { comment: values.comment }),
  };
  return { row: row as MappingRow };
}
