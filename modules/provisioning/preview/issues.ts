import type { ConnectionMapping, MappedCustomer, RequirementState } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import { placeholderDomain } from '../../customer/index.ts';
import { deviations, type ScimError } from '../../scim/index.ts';
import { cureOf, mappingPlace } from './cure.ts';
import type { Issue } from './issue.ts';

/** What a request has left behind that people should know of. */
export interface Findings {
  readonly connection: Connection;
  readonly error: ScimError | undefined;
  readonly notes: readonly string[];
  readonly ignored: readonly string[];
  readonly mapped: MappedCustomer | undefined;
  readonly mapping: Pick<ConnectionMapping, 'resting'>;
  /** Of a whole user; empty for a PATCH, which need not say everything. */
  readonly required: readonly RequirementState[];
}

/** The issues of a request, the gravest first. */
export function issuesOf({ connection, error, notes, ignored, mapped, mapping, required }: Findings): Issue[] {
  const { profile } = connection;
  return [
    ...(error ? [refused(error, cureOf(error, profile))] : []),
    ...required.flatMap(missing),
    ...mapping.resting.map(resting),
    ...ignored.map((name) => leftOut(name, mappingPlace(profile))),
    ...(mapped ? standIns(mapped, mappingPlace(profile)) : []),
    ...notes.map(noted),
  ];
}

const refused = (error: ScimError, cure: string): Issue => ({
  severity: 'error',
  code: error.code === 'SCIM_HELD' ? 'guard-held' : (error.scimType ?? String(error.status)),
  message: error.message,
  cure,
});

/** A required attribute that was not sent, with the place where this provider's people add it. */
function missing({ state, requirement }: RequirementState): Issue[] {
  if (state !== 'missing' || requirement.needed !== 'required') return [];
  const { name, label, add } = requirement;
  return [{ severity: 'warning', code: 'required-missing', message: `${label} (${name}) was not sent.`, cure: add }];
}

/** A row of the mapping that does nothing at the moment. */
const resting = ({ row, message, cure }: ConnectionMapping['resting'][number]): Issue => ({
  severity: 'warning',
  code: 'row-resting',
  message: row === undefined ? message : `The row "${row}" rests: ${message}`,
  cure,
});

const leftOut = (name: string, place: string): Issue => ({
  severity: 'warning',
  code: 'attribute-ignored',
  message: `"${name}" is in no known schema and was left out.`,
  cure: `Declare it under "sources" of this connection's mapping to keep and map it, or send it under a known name ${place}.`,
});

/** Values that had to be made up. */
function standIns({ attributes, standIns: made }: MappedCustomer, place: string): Issue[] {
  const names = [...(made ?? [])];
  const issues: Issue[] = [];
  if (names.length > 0)
    issues.push({
      severity: 'warning',
      code: 'name-missing',
      message: `Nothing was sent for ${names.join(' and ')}; the store can't do without, so displayName or userName stands in.`,
      cure: `Send name.givenName and name.familyName ${place}.`,
    });
  if (String(attributes.email ?? '').endsWith(`.${placeholderDomain}`))
    issues.push({
      severity: 'warning',
      code: 'email-missing',
      message: 'No e-mail address was sent; the customer gets a placeholder that is never mailed.',
      cure: `Send emails[type eq "work"].value, or an address as userName, ${place}.`,
    });
  return issues;
}

const what: ReadonlyMap<string, string> = new Map(deviations.map(({ name, what: meaning }) => [name, meaning]));

/** A remark of the real path: `<deviation>: <where>`, or a sentence. */
function noted(note: string): Issue {
  const [, name = '', where = ''] = /^([a-z][a-z-]+): (.*)$/s.exec(note) ?? [];
  const meaning = what.get(name);
  if (meaning === undefined)
    return { severity: 'note', code: name === '' ? 'remark' : name, message: note, cure: 'Nothing has to be done.' };
  return {
    severity: 'note',
    code: name,
    message: `${where}: ${meaning}`,
    cure: 'It was understood; nothing has to be done unless another application is stricter.',
  };
}
