import type { Content, JsonSchema, Operation, SecurityScheme } from '../../framework/index.ts';

/** A parameter of a path or a query. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly schema: JsonSchema;
}

/** One method at one path that programs or browsers may call, with all that documents say of it. */
export interface Endpoint {
  /** Unique, and the same as long as method and path are: `get-webhooks-id`. */
  readonly id: string;
  readonly module: string;
  readonly tag: string;
  readonly method: string;
  /** Parameters in braces: `/saml/{connection}/metadata`. */
  readonly path: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  readonly body: Content | undefined;
  readonly security: readonly SecurityScheme[];
  /** The ACL resource that a caller needs, and what granting it allows. */
  readonly acl: { readonly resource: string; readonly allows: string } | undefined;
  /** The caller has proved within the last five minutes who it is. */
  readonly fresh: boolean;
  /** For people's browsers: answers pages, or what pages load. */
  readonly forBrowsers: boolean;
}
