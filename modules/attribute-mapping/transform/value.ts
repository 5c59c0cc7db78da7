import { isObject } from '../../scim/index.ts';
import { TransformError } from './transform.ts';

/** True for what an identity provider has not sent, or has emptied. */
export const isNothing = (value: unknown): value is undefined | null => value === undefined || value === null;

/** A value in an error, short enough for one. */
export const excerpt = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
};

/** A number, a truth value or text as text; undefined for everything else. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The text of an element of a list: its own, or that of its `value`, as multi-valued attributes have it. */
export function elementText(element: unknown): string | undefined {
  return scalarText(isObject(element) ? (element.value ?? element.display) : element);
}

/** Applies a function to text, or to each text of a list; nothing stays nothing. @throws TransformError for other values */
export function eachText(transform: string, change: (text: string) => unknown): (value: unknown) => unknown {
  return function apply(value: unknown): unknown {
    if (isNothing(value)) return value;
    if (Array.isArray(value)) return value.map(apply);
    const text = scalarText(value);
    if (text === undefined)
      throw new TransformError('value', `"${transform}" takes text, and ${excerpt(value)} is none; read a part of it.`);
    return change(text);
  };
}
