import { UserMapping } from '../../attribute-mapping/index.ts';
import { ConnectionError, PolicyChecks } from '../../connection/index.ts';
import { CustomerGroups } from '../../customer/index.ts';
import { contribute, type Executor } from '../../framework/index.ts';
import { type Filter, parseFilter, ScimError } from '../../scim/index.ts';

const invalid = (message: string): ConnectionError => new ConnectionError('POLICY_INVALID', message);

/** What the server alone knows of a user can't decide whether it may be made. */
const unsent = new Set(['id', 'meta', 'groups']);

/** Looks at the policies whose words are SCIM's and the store's: the scope and the group of new customers. */
export const policyCheck = contribute(
  PolicyChecks,
  { mapping: UserMapping, groups: CustomerGroups },
  ({ mapping, groups }) => ({
    async check(database, changed, { policy = {} }) {
      if (typeof policy.scope === 'string') {
        await mapping.ready(database, changed);
        checkScope(policy.scope, parse(policy.scope, mapping.of(changed).resourceType()));
      }
      if (typeof policy.defaultGroup === 'string') await checkGroup(database, groups, policy.defaultGroup);
    },
    async offered(db) {
      return { defaultGroup: (await groups.list(db)).filter(({ id }) => id !== 0).map(({ code }) => code) };
    },
  }),
);

function parse(text: string, type: Parameters<typeof parseFilter>[1]): Filter {
  try {
    return parseFilter(text, type);
  } catch (error) {
    if (error instanceof ScimError)
      throw invalid(
        `The scope "${text}" is no filter over users: ${error.message} Write such as userType eq "Employee", or all.`,
      );
    throw error;
  }
}

function checkScope(text: string, filter: Filter): void {
  const name = firstUnsent(filter);
  if (name !== undefined)
    throw invalid(
      `The scope "${text}" asks for "${name}", which only the server knows; use what the identity provider sends.`,
    );
}

/** The first attribute that no identity provider sends. */
function firstUnsent(filter: Filter): string | undefined {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.map(firstUnsent).find((name) => name !== undefined);
    case 'not':
      return firstUnsent(filter.filter);
    default: {
      const { attribute, extension } = filter.path;
      return !extension && unsent.has(attribute.name) ? attribute.name : undefined;
    }
  }
}

async function checkGroup(db: Executor, groups: CustomerGroups, code: string): Promise<void> {
  const group = await groups.byCode(db, code);
  if (group && group.id !== 0) return;
  const all = (await groups.list(db)).filter(({ id }) => id !== 0).map((each) => `"${each.code}"`);
  throw invalid(
    `There is no customer group "${code}" for customers; there are ${all.join(', ')}, or store for the store's default.`,
  );
}
