import type { Visit } from '../../admin/index.ts';
import { type Connection, Connections, orRefuse } from '../../connection/index.ts';
import { Clock, Database, type Executor, HttpError } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { MappingError } from '../version/mapping-error.ts';
import { type MappingDraft, type MappingInEffect, MappingVersions } from '../version/version.ts';

/** What every page of a mapping asks for. */
export const benchParts = { database: Database, connections: Connections, versions: MappingVersions, clock: Clock };

export interface BenchParts {
  readonly database: Database;
  readonly connections: Connections;
  readonly versions: MappingVersions;
  readonly clock: Clock;
}

/** A connection's mapping as an administrator has it before them. */
export interface Bench {
  readonly connection: Connection;
  readonly inEffect: MappingInEffect;
  readonly draft: MappingDraft | undefined;
  /** The draft, else what is in effect: what is edited. */
  readonly document: MappingDocument;
  /** Of the draft; 0 where there is none. */
  readonly revision: number;
}

/** The connection in the address. @throws HttpError 404 */
export const visited = ({ params }: Visit, { database, connections }: BenchParts): Promise<Connection> =>
  orRefuse(() => connections.byCode(database, params.code ?? ''));

export async function benchOf(connection: Connection, db: Executor, versions: MappingVersions): Promise<Bench> {
  const inEffect = await versions.inEffect(db, connection);
  const draft = await versions.draft(db, connection);
  return {
    connection,
    inEffect,
    draft,
    document: draft?.document ?? inEffect.document,
    revision: draft?.revision ?? 0,
  };
}

/** The revision that a form was made of. @throws HttpError 400 */
export function revisionSeen({ form }: Visit): number {
  const text = form.get('revision') ?? '';
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new HttpError(400, 'REQUEST_INVALID', 'The form does not say which draft it is about; open the page anew.');
}

export const authorOf = ({ signedIn }: Visit): string => signedIn?.user ?? 'administration';

/** What came of a change, or why there was none, in a sentence; everything but a refusal of this room is thrown. */
export async function refusalOr<T>(work: () => Promise<T>): Promise<T | MappingError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MappingError) return error;
    throw error;
  }
}

type Below = '' | `/${string}`;

/** The address of a page of a connection's mapping. */
export const mappingPath = ({ code }: Pick<Connection, 'code'>, below: Below = ''): `/admin${string}` =>
  `/admin/connections/${encodeURIComponent(code)}/mapping${below}`;

/** Above the pages that stand below the tab. */
export const backToMapping = (connection: Connection) => ({
  href: mappingPath(connection),
  label: `Attribute Mapping of ${connection.name}`,
});
