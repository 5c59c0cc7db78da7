import type { Connections } from 'vestibule/connection';
import type { CustomerGroups } from 'vestibule/customer';
import { CommandError, type Executor, UsageError } from 'vestibule/framework';
import type { NewMapping } from '../course/mapping.ts';

export const actor = 'command line';

/** What stands for a course on the command line. */
export interface GivenSubject {
  readonly sku?: string | undefined;
  readonly customerGroup?: string | undefined;
  readonly scimGroup?: string | undefined;
  readonly connection?: string | undefined;
}

type Subject = Pick<NewMapping, 'kind' | 'subject' | 'customerGroupId' | 'connectionId'>;

/** @throws UsageError, CommandError for a customer group that there is not, ConnectionError `CONNECTION_UNKNOWN` */
export async function subjectOf(
  db: Executor,
  { sku, customerGroup, scimGroup, connection }: GivenSubject,
  { groups, connections }: { readonly groups: CustomerGroups; readonly connections: Connections },
): Promise<Subject> {
  const given = [sku, customerGroup, scimGroup].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new UsageError('Say what stands for the course: one of --sku, --customer-group and --scim-group.');
  if (connection !== undefined && scimGroup === undefined)
    throw new UsageError('--connection goes with --scim-group: it says whose group is meant.');
  if (sku !== undefined) return { kind: 'product', subject: sku };
  if (scimGroup !== undefined)
    return {
      kind: 'scim-group',
      subject: scimGroup,
      connectionId: connection === undefined ? null : (await connections.byCode(db, connection)).id,
    };
  const found = await groups.byCode(db, String(customerGroup));
  if (found && found.id !== 0) return { kind: 'customer-group', subject: found.code, customerGroupId: found.id };
  const known = (await groups.list(db)).filter(({ id }) => id !== 0).map(({ code }) => code);
  throw new CommandError(`There is no customer group "${customerGroup}"; there are ${known.join(', ')}.`);
}
