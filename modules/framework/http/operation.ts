import type { JsonSchema } from './json-schema.ts';

/** What one method at one path is for, for whoever writes a program against it. */
export interface Operation {
  /** A few words in the imperative, `List the webhooks`. */
  readonly summary: string;
  readonly description?: string;
  /** The heading that it stands below; that of its module unless said. */
  readonly tag?: string;
  /** The path's parameters by name; one that is not described is a text. */
  readonly path?: Readonly<Record<string, JsonSchema>>;
  /** The query's parameters by name, none of them required. */
  readonly query?: Readonly<Record<string, JsonSchema>>;
  readonly body?: Content;
  /** What it answers when it goes well, by status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** What it answers otherwise: `{"error": {"code", "message"}}` unless said. */
  readonly refusal?: Answer;
  /** What opens it; an administrator's bearer unless said, where it has an ACL resource. Empty: nothing is asked for. */
  readonly security?: readonly SecurityScheme[];
}

/** A body that is sent. */
export interface Content {
  readonly schema: JsonSchema;
  /** One that works, apart from {@link variable}s. */
  readonly example: unknown;
  /** `application/json` unless said. */
  readonly type?: string;
}

export interface Answer {
  readonly description: string;
  /** None for an answer without a body. */
  readonly schema?: JsonSchema;
  /** `application/json` unless said. */
  readonly type?: string;
}

/** A way to prove who calls, by the name under which documents list it. */
export interface SecurityScheme {
  readonly name: string;
  /** The shell variable that examples take the secret from. */
  readonly variable: string;
  readonly description: string;
  readonly scheme:
    | { readonly type: 'http'; readonly scheme: 'bearer' }
    | { readonly type: 'apiKey'; readonly in: 'header'; readonly name: string };
}

/** An operation of a mount, whose paths nobody else knows; `path` is below the mount's, parameters as `:id`. */
export interface MountedOperation extends Operation {
  readonly method: string;
  readonly at: string;
}

export const answer = (description: string, schema?: JsonSchema, type?: string): Answer => ({
  description,
  ...(schema ? { schema } : {}),
  ...(type === undefined ? {} : { type }),
});

/** Stands in an example for what only a store knows: `like` in documents, `$NAME` in curl, `{{NAME}}` in Postman. */
export class Variable {
  readonly name: string;
  readonly like: string | number;
  constructor(name: string, like: string | number) {
    this.name = name;
    this.like = like;
  }
}

/** A value of an example that only a store knows: `variable('USER_ID', '42')`. */
export const variable = (name: string, like: string | number): Variable => new Variable(name, like);
