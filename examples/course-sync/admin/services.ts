import type { Visit } from 'vestibule/admin';
import { Connections } from 'vestibule/connection';
import { CustomerGroups } from 'vestibule/customer';
import { Clock, Database, HttpError } from 'vestibule/framework';
import { type Mapping, Mappings } from '../course/mapping.ts';

/** What the forms of a mapping ask. */
export const mapServices = {
  database: Database,
  mappings: Mappings,
  groups: CustomerGroups,
  connections: Connections,
  clock: Clock,
};

/** The mapping that a page's address names. @throws HttpError 404 */
export async function askedMapping(
  { params }: Pick<Visit, 'params'>,
  { database, mappings }: { readonly database: Database; readonly mappings: Mappings },
): Promise<Mapping> {
  const id = /^\d{1,9}$/.test(params.id ?? '') ? Number(params.id) : 0;
  const mapping = await mappings.find(database, id);
  if (mapping && mapping.parting === null) return mapping;
  throw new HttpError(404, 'NOT_FOUND', 'There is no such mapping; it may have been removed.');
}
