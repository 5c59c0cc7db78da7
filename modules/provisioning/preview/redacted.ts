import { redacted } from '../../activity/index.ts';
import { isObject } from '../../scim/index.ts';

/** A text of a record is cut to this length, and ends so. */
const cutText = /^[\s\S]{1000}…$/;

/** A body as a record keeps it, made fit to be tried again. */
export interface Kept {
  readonly body: unknown;
  /** What was secret when it was sent and is missing now: names of members, paths of operations. */
  readonly left: readonly string[];
  /** True where the record holds a part alone. */
  readonly cut: boolean;
}

/** Takes the marks out that stand where a secret stood; an operation that set a secret goes as a whole. */
export function withoutSecrets(kept: unknown): Kept {
  const left: string[] = [];
  let cut = isObject(kept) && typeof kept.cut === 'string' && typeof kept.characters === 'number';
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string' && (value === '…' || cutText.test(value))) cut = true;
    if (Array.isArray(value)) return value.filter((element) => !setsSecret(element, left)).map(walk);
    if (!isObject(value)) return value;
    const members = Object.entries(value).filter(([name, member]) => {
      if (member === redacted) left.push(name);
      return member !== redacted;
    });
    return Object.fromEntries(members.map(([name, member]) => [name, walk(member)]));
  };
  const body = walk(kept);
  return { body, left, cut };
}

/** True for a PATCH operation whose value is not kept. */
function setsSecret(element: unknown, left: string[]): boolean {
  if (!isObject(element) || element.value !== redacted || typeof element.path !== 'string') return false;
  left.push(element.path);
  return true;
}
