import type { Asked, Spoil } from '../broken-provider.ts';
import { answers, bodies, type Fault, type Json, listIn, operations, parsed, reads, withBody } from './fault.ts';

/** Carries a change out with other means: a PATCH or PUT of this body. */
const instead = (asked: Asked, method: string, body: unknown): Asked => ({
  ...asked,
  method,
  body: JSON.stringify(body),
  headers: { ...asked.headers, 'content-type': 'application/scim+json' },
});

const read = (asked: Asked): Asked => ({ ...asked, method: 'GET', body: '', query: new URLSearchParams() });

const merging: Spoil = async (asked, forward) => {
  if (asked.method !== 'PUT') return forward(asked);
  const now = await forward(read(asked));
  if (now.status !== 200) return forward(asked);
  return forward(instead(asked, 'PUT', { ...parsed(now.body), ...parsed(asked.body) }));
};

const oneByOne: Spoil = async (asked, forward) => {
  const { Operations, schemas } = parsed(asked.body);
  if (asked.method !== 'PATCH' || !Array.isArray(Operations)) return forward(asked);
  let last = await forward(instead(asked, 'PATCH', { schemas, Operations: Operations.slice(0, 1) }));
  for (const operation of Operations.slice(1))
    if (last.status < 300) last = await forward(instead(asked, 'PATCH', { schemas, Operations: [operation] }));
  return last;
};

/** Reads the members, adds to them here, and writes them all back. */
const readModifyWrite: Spoil = async (asked, forward) => {
  const [operation] = listIn(parsed(asked.body).Operations);
  if (asked.method !== 'PATCH' || operation?.op !== 'add' || operation.path !== 'members') return forward(asked);
  const group = parsed((await forward(read(asked))).body);
  return forward(instead(asked, 'PUT', { ...group, members: [...listIn(group.members), ...listIn(operation.value)] }));
};

const bracket = /\[.*\]/;

/** What goes wrong with PUT, PATCH, DELETE and members. */
export const changingFaults: readonly Fault[] = [
  { name: 'merges where it should replace', areas: ['replace'], breaks: ['RFC7644-3.5.1-02'], spoil: merging },
  {
    name: 'creates by PUT',
    areas: ['replace'],
    breaks: ['RFC7644-3.5.1-05'],
    spoil: answers(
      ({ method }, { status }) => method === 'PUT' && status === 404,
      (answered) => ({ ...answered, status: 201 }),
    ),
  },
  {
    name: 'answers a PUT with what was before',
    areas: ['replace'],
    breaks: ['RFC7644-3.5.1-01'],
    spoil: async (asked, forward) => {
      if (asked.method !== 'PUT') return forward(asked);
      const before = await forward(read(asked));
      const answered = await forward(asked);
      return answered.status === 200 ? before : answered;
    },
  },
  {
    name: 'carries out the operations before the one that fails',
    areas: ['patch'],
    breaks: ['RFC7644-3.5.2-46'],
    spoil: oneByOne,
  },
  {
    name: 'replaces where it should add',
    areas: ['patch', 'groups'],
    breaks: ['RFC7644-3.5.2-07', 'RFC7644-3.5.2-60'],
    spoil: operations((operation) => ({
      ...operation,
      op: operation.op === 'add' && operation.path ? 'replace' : operation.op,
    })),
  },
  {
    name: 'adds where it should replace',
    areas: ['patch', 'groups'],
    breaks: ['RFC7644-3.5.2-09', 'RFC7644-3.5.2-64'],
    spoil: operations((operation) => ({
      ...operation,
      op: operation.op === 'replace' && Array.isArray(operation.value) ? 'add' : operation.op,
    })),
  },
  {
    name: 'removes everything where a filter selects one',
    areas: ['patch', 'groups'],
    breaks: ['RFC7644-3.5.2-13', 'RFC7644-3.5.2-62'],
    spoil: operations((operation) =>
      operation.op === 'remove' ? { ...operation, path: String(operation.path).replace(bracket, '') } : operation,
    ),
  },
  {
    name: 'removes every member where values are named',
    areas: ['groups'],
    breaks: ['RFC7644-3.5.2-65'],
    spoil: operations(({ value, ...operation }) => (operation.op === 'remove' ? operation : { ...operation, value })),
  },
  {
    name: 'is silent about an operation without a target',
    areas: ['patch'],
    breaks: ['RFC7644-3.5.2-40', 'RFC7644-3.5.2-41'],
    spoil: answers(
      ({ method }, { status, body }) => method === 'PATCH' && status === 400 && body.includes('noTarget'),
      (answered) => ({ ...answered, status: 204, body: '' }),
    ),
  },
  {
    name: 'reads paths with regard to case',
    areas: ['patch'],
    breaks: ['RFC7644-3.5.2-19'],
    spoil: answers(
      ({ body }) => body.includes('NAME.FamilyName'),
      (answered) => ({ ...answered, status: 400 }),
    ),
  },
  {
    name: 'has two primary values',
    areas: ['patch'],
    breaks: ['RFC7644-3.5.2-16'],
    spoil: bodies(reads('/Users/'), (json) => ({
      ...json,
      phoneNumbers: listIn(json.phoneNumbers).map((phone) => ({ ...phone, primary: true })),
    })),
  },
  {
    name: 'writes where nothing changes',
    areas: ['patch'],
    breaks: ['RFC7644-3.5.2-08'],
    spoil: bodies(reads('/Users/'), (json) => ({
      ...json,
      meta: { ...(json.meta as Json), lastModified: new Date(Date.now() + 60_000).toISOString() },
    })),
  },
  {
    name: 'deletes with 200',
    areas: ['delete'],
    breaks: ['RFC7644-3.6-01'],
    spoil: answers(
      ({ method }, { status }) => method === 'DELETE' && status === 204,
      (answered) => withBody({ ...answered, status: 200 }, {}),
    ),
  },
  {
    name: 'only deactivates',
    areas: ['delete'],
    breaks: ['RFC7644-3.6-02', 'RFC7644-3.6-03', 'RFC7644-3.6-04'],
    spoil: async (asked, forward) => {
      if (asked.method !== 'DELETE' || !asked.path.startsWith('/Users/')) return forward(asked);
      const Operations = [{ op: 'replace', path: 'active', value: false }];
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
      const answered = await forward(instead(asked, 'PATCH', { schemas, Operations }));
      return { ...answered, status: answered.status === 404 ? 404 : 204 };
    },
  },
  {
    name: 'deletes what is not there',
    areas: ['delete'],
    breaks: ['RFC7644-3.6-02', 'RFC7644-3.6-05'],
    spoil: answers(
      ({ method }) => method === 'DELETE',
      (answered) => ({ ...answered, status: 204, body: '' }),
    ),
  },
  {
    name: 'takes members that are nobody',
    areas: ['groups'],
    breaks: ['RFC7643-4.2-12'],
    spoil: answers(
      ({ method, path, body }, { status }) =>
        method === 'PATCH' && path.startsWith('/Groups') && body.includes('nobody') && status === 400,
      (answered) => ({ ...answered, status: 204, body: '' }),
    ),
  },
  {
    name: 'is silent about a change of what is readOnly',
    areas: ['patch', 'groups'],
    breaks: ['RFC7644-3.5.2-44', 'RFC7643-4.1.2-03'],
    spoil: answers(
      (_, { status, body }) => status === 400 && body.includes('"mutability"'),
      (answered) => ({ ...answered, status: 204, body: '' }),
    ),
  },
  {
    name: 'loses members that are added at once',
    areas: ['groups'],
    breaks: ['RFC7644-3.5.2-67'],
    spoil: readModifyWrite,
  },
  {
    name: 'does not show the groups of a user',
    areas: ['groups'],
    breaks: ['RFC7643-4.1.2-02'],
    spoil: bodies(reads('/Users/'), ({ groups: _, ...json }) => json),
  },
];
