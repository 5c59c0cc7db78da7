import type { Connection } from '../connection/index.ts';
import type { CustomerAttribute, CustomerAttributes } from '../customer/index.ts';
import type { Executor } from '../framework/index.ts';
import { compile } from './compile/compile.ts';
import { tellsChoices } from './compile/marks.ts';
import type { KnownChoices } from './crossing/known-choices.ts';
import type { StoreChoices } from './crossing/store-choice.ts';
import type { MappingDocument } from './document/document.ts';
import type { Expressions } from './expression/expressions.ts';
import { type ConnectionMapping, ExpressionsPending, type UserMapping } from './mapping.ts';
import { presetFor } from './preset/presets.ts';
import type { Transform } from './transform/transform.ts';

/** What has been published for each connection, as far as `ready` has seen. */
export interface Published {
  ready(db: Executor, connection?: Connection): Promise<void>;
  /** Undefined until something is published; the document is the same object for as long as the version is. */
  of(connection: Connection): { readonly version: number; readonly document: MappingDocument } | undefined;
}

/** What mappings are made of. */
export interface MappingParts {
  readonly attributes: Pick<CustomerAttributes, 'all' | 'known'>;
  readonly transforms: readonly Transform[];
  readonly expressions: Expressions;
  /** Without it, choices among the store's rows are told by their ids. */
  readonly choices?: KnownChoices;
  /** Without it, every connection has its profile's preset. */
  readonly published?: Published;
}

/** The service behind the token `UserMapping`. */
export function createMappings({
  attributes,
  transforms,
  expressions,
  published,
  choices: told,
}: MappingParts): UserMapping {
  const known = unchanged(() => attributes.known());
  const memory = new WeakMap<MappingDocument, Compiled[]>();

  const compiled: UserMapping['compiled'] = ({ policy: { passwords } }, document, version = 0) => {
    const now = known();
    const choices = tellsChoices(document) ? told?.known() : undefined;
    const seen = memory.get(document)?.filter((one) => one.attributes === now && one.choices === choices) ?? [];
    const found = seen.find((one) => one.passwords === passwords && one.mapping.version === version);
    if (found) return found.mapping;
    const evaluate: Expressions['evaluate'] = (batch, user) => expressions.evaluate(batch, user);
    const mapping = compile(document, { attributes: now, choices, transforms, evaluate, passwords, version });
    memory.set(document, [...seen, { attributes: now, choices, passwords, mapping }]);
    return mapping;
  };
  const documentOf = (connection: Connection) =>
    published?.of(connection) ?? { document: presetFor(connection.profile), version: 0 };
  const of: UserMapping['of'] = (connection) => {
    const { document, version } = documentOf(connection);
    return compiled(connection, document, version);
  };

  return {
    async ready(db, connection) {
      // In this order: a version that appears makes the attributes be read anew, because it may map new ones.
      await published?.ready(db, connection);
      await attributes.all(db);
      if (told && connection && tellsChoices(documentOf(connection).document)) await told.ready();
    },
    of,
    compiled,
    async toCustomer(user, { connection, mapping: other, computed }) {
      const used = other ?? of(connection);
      if (used.evaluates && computed === undefined) throw new ExpressionsPending(user);
      return used.map(user, connection, computed);
    },
  };
}

interface Compiled {
  readonly attributes: readonly CustomerAttribute[];
  readonly choices: StoreChoices | undefined;
  readonly passwords: boolean;
  readonly mapping: ConnectionMapping;
}

/** Follows a list that is read anew every few seconds: the same list for as long as it says the same. */
function unchanged(read: () => readonly CustomerAttribute[]): () => readonly CustomerAttribute[] {
  let seen = read();
  let kept = seen;
  let said = JSON.stringify(seen);
  return () => {
    const now = read();
    if (now === seen) return kept;
    seen = now;
    const says = JSON.stringify(now);
    if (says !== said) [said, kept] = [says, now];
    return kept;
  };
}
