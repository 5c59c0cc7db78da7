import type { Answer } from './answer.ts';
import { type Json, sameJson } from './json.ts';
import { ERROR } from './urn.ts';

/** What a requirement asked for and did not get. */
export class Unmet extends Error {
  override readonly name = 'Unmet';
}

/** A requirement that can't be judged with this service provider, and why. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const equal = (found: unknown, wanted: unknown, what: string): void => {
  if (!sameJson(found, wanted)) throw new Unmet(`${what}: expected ${shown(wanted)}, found ${shown(found)}`);
};

const ok = (condition: boolean, what: string): void => {
  if (!condition) throw new Unmet(what);
};

const status = (answer: Answer, ...wanted: readonly number[]): void => {
  if (!wanted.includes(answer.status))
    throw new Unmet(`${answer.request} must answer ${wanted.join(' or ')}, and answered ${answer.status}`);
};

/** An error message of RFC 7644 §3.12 with this status, and with this scimType where one is named. */
const error = (answer: Answer, wanted: number | readonly number[], ...scimTypes: readonly string[]): void => {
  status(answer, ...[wanted].flat());
  ok(answer.schemas.includes(ERROR), `${answer.request}: the body of an error must have the schema ${ERROR}`);
  if (scimTypes.length === 0) return;
  const found = String(answer.json.scimType);
  ok(scimTypes.includes(found), `${answer.request}: expected scimType ${scimTypes.join(' or ')}, found ${found}`);
};

/** A refusal of any kind: the request must not have been carried out. */
const refused = (answer: Answer): void =>
  ok(
    answer.status >= 400 && answer.status < 500,
    `${answer.request} must be refused with 4xx, and answered ${answer.status}`,
  );

/** The same elements, in any order. */
const sameElements = (found: readonly unknown[], wanted: readonly unknown[], what: string): void => {
  const left = [...wanted];
  for (const one of found) {
    const at = left.findIndex((other) => sameJson(one, other));
    if (at < 0) throw new Unmet(`${what}: expected ${shown(wanted)} in any order, found ${shown(found)}`);
    left.splice(at, 1);
  }
  if (left.length > 0) throw new Unmet(`${what}: expected ${shown(wanted)} in any order, found ${shown(found)}`);
};

const absent = (found: Json | undefined, what: string): void =>
  ok(
    found === undefined || found === null || (Array.isArray(found) && found.length === 0),
    `${what} must be absent, and is ${shown(found)}`,
  );

/** How checks say what must be so. Each throws `Unmet` with one sentence. */
export const expect = {
  equal,
  ok,
  status,
  error,
  refused,
  sameElements,
  absent,
  skip(reason: string): never {
    throw new Skipped(reason);
  },
};
export type Expect = typeof expect;
