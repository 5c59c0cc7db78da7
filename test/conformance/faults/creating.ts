import { answers, bodies, type Fault, isList, type Json, parsed, posts, reads, requests, withBody } from './fault.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const meta = (json: Json): Json => (json.meta ?? {}) as Json;

/** What goes wrong when resources are made and read. */
export const creatingFaults: readonly Fault[] = [
  {
    name: 'answers 200 to a creation',
    areas: ['create'],
    breaks: ['RFC7644-3.3-01'],
    spoil: answers(posts('/Users'), (answered) => ({ ...answered, status: 200 })),
  },
  {
    name: 'leaves Location out',
    areas: ['create'],
    breaks: ['RFC7644-3.3-02'],
    spoil: answers(posts('/Users'), ({ headers: { location: _, ...headers }, ...rest }) => ({ ...rest, headers })),
  },
  {
    name: "takes the client's id",
    areas: ['create'],
    breaks: ['RFC7644-3.3-03'],
    spoil: bodies(posts('/Users'), (json, { body }) => ({ ...json, id: parsed(body).id ?? json.id })),
  },
  {
    name: 'says 409 without a scimType',
    areas: ['create', 'replace', 'patch'],
    breaks: ['RFC7644-3.3-04', 'RFC7643-2.2-01', 'RFC7644-3.5.1-06', 'RFC7644-3.5.2-50'],
    spoil: bodies(
      (_, { status }) => status === 409,
      ({ scimType: _, ...rest }) => rest,
    ),
  },
  {
    name: 'takes a userName of another case for another name',
    areas: ['create'],
    breaks: ['RFC7643-2.2-01'],
    spoil: requests((asked) => {
      const user = parsed(asked.body);
      if (asked.method !== 'POST' || user.userName !== String(user.userName).toUpperCase()) return asked;
      return { ...asked, body: JSON.stringify({ ...user, userName: `${user.userName}-other` }) };
    }),
  },
  {
    name: 'makes users without a userName',
    areas: ['create', 'replace'],
    breaks: ['RFC7643-4.1-01'],
    spoil: requests((asked) => {
      const user = parsed(asked.body);
      if (asked.method !== 'POST' || user.userName) return asked;
      return { ...asked, body: JSON.stringify({ ...user, userName: `made-up-${Math.random()}` }) };
    }),
  },
  {
    name: 'forgets meta.resourceType',
    areas: ['create'],
    breaks: ['RFC7643-3.1-01'],
    spoil: bodies(posts('/Users'), (json) => ({ ...json, meta: { ...meta(json), resourceType: undefined } })),
  },
  {
    name: 'never names the extension in schemas',
    areas: ['create', 'patch'],
    breaks: ['RFC7643-3-01', 'RFC7644-3.5.2-17'],
    spoil: bodies(
      ({ path }, { status }) => path.startsWith('/Users') && status < 300 && status !== 204,
      (json) => ({ ...json, schemas: [json.schemas].flat().filter((urn) => urn !== enterprise) }),
    ),
  },
  {
    name: 'changes the case of externalId',
    areas: ['create'],
    breaks: ['RFC7643-3.1-02'],
    spoil: bodies(reads('/Users/'), (json) => ({ ...json, externalId: String(json.externalId).toLowerCase() })),
  },
  {
    name: 'tells the password',
    areas: ['create'],
    breaks: ['RFC7643-4.1.1-01'],
    spoil: bodies(posts('/Users'), (json, { body }) => ({ ...json, password: parsed(body).password })),
  },
  {
    name: 'keeps what was null as a text',
    areas: ['create'],
    breaks: ['RFC7643-2.5-01'],
    spoil: requests((asked) => ({ ...asked, body: asked.body.replace('"nickName":null', '"nickName":"null"') })),
  },
  {
    name: 'gives times without a zone',
    areas: ['read'],
    breaks: ['RFC7643-2.3.5-01'],
    spoil: bodies(posts('/Users'), (json) => ({
      ...json,
      meta: { ...meta(json), created: String(meta(json).created).replace('Z', '') },
    })),
  },
  {
    name: 'answers an unknown id with 200',
    areas: ['read', 'delete'],
    breaks: ['RFC7644-3.4.1-02', 'RFC7644-3.6-02'],
    spoil: answers(
      ({ method }, { status }) => method === 'GET' && status === 404,
      (answered) => withBody({ ...answered, status: 200 }, {}),
    ),
  },
  {
    name: 'answers an empty list with 404',
    areas: ['read'],
    breaks: ['RFC7644-3.4.2-02'],
    spoil: answers(isList, (answered) =>
      parsed(answered.body).totalResults === 0 ? { ...answered, status: 404 } : answered,
    ),
  },
  {
    name: 'shows less of a user in a list',
    areas: ['read'],
    breaks: ['RFC7644-3.4.2-03'],
    spoil: bodies(isList, ({ Resources, ...rest }) => ({
      ...rest,
      Resources: (Array.isArray(Resources) ? Resources : []).map(({ emails: _, ...user }) => user),
    })),
  },
  {
    name: 'reads UTF-8 as Latin 1',
    areas: ['read'],
    breaks: ['RFC7644-8.1-01'],
    spoil: requests((asked) => ({ ...asked, body: Buffer.from(asked.body, 'utf8').toString('latin1') })),
  },
];
