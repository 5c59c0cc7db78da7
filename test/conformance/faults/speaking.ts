import { answers, bodies, type Fault, type Json, listIn, parsed, requests, without, withoutHeader } from './fault.ts';

const schemasOf = ({ path }: { path: string }): boolean => path === '/Schemas';
const configOf = ({ path }: { path: string }): boolean => path === '/ServiceProviderConfig';
const bulkOf = ({ path }: { path: string }): boolean => path === '/Bulk';

/** What goes wrong with messages, discovery, bulk and versions. */
export const speakingFaults: readonly Fault[] = [
  {
    name: 'answers errors in HTML',
    areas: ['errors', 'auth'],
    breaks: ['RFC7644-3.12-01', 'RFC7644-3.12-05', 'RFC7644-3.12-06', 'RFC7644-2-01'],
    spoil: answers(
      (_, { status }) => status >= 400,
      ({ status }) => ({ status, headers: { 'content-type': 'text/html' }, body: '<h1>Oh</h1>' }),
    ),
  },
  {
    name: 'gives the status of an error as a number',
    areas: ['errors'],
    breaks: ['RFC7644-3.12-01'],
    spoil: bodies(
      (_, { status }) => status >= 400,
      (json) => ({ ...json, status: Number(json.status) }),
    ),
  },
  {
    name: 'fails at what it does not expect',
    areas: ['errors'],
    breaks: ['RFC7644-3.12-07', 'RFC7644-3.12-03'],
    spoil: answers(
      (_, { status }) => status === 400,
      (answered) => ({ ...answered, status: 500 }),
    ),
  },
  {
    name: 'answers application/json to everybody',
    areas: ['media-types', 'errors'],
    breaks: ['RFC7644-3.1-01', 'RFC7644-3.1-03', 'RFC7644-3.12-06'],
    spoil: answers(
      () => true,
      (answered) => ({ ...answered, headers: { ...answered.headers, 'content-type': 'application/json' } }),
    ),
  },
  {
    name: 'refuses application/scim+json',
    areas: ['media-types'],
    breaks: ['RFC7644-3.8-01'],
    spoil: answers(
      ({ headers }) => headers['content-type'] === 'application/scim+json; charset=utf-8',
      (answered) => ({ ...answered, status: 415 }),
    ),
  },
  {
    name: 'does not say how to authenticate',
    areas: ['auth'],
    breaks: ['RFC7644-2-02'],
    spoil: answers(
      (_, { status }) => status === 401,
      ({ headers: { 'www-authenticate': _, ...headers }, ...rest }) => ({ ...rest, headers }),
    ),
  },
  {
    name: 'lets anybody in',
    areas: ['auth'],
    breaks: ['RFC7644-2-01', 'RFC7644-2-03'],
    spoil: answers(
      (_, { status }) => status === 401,
      (answered) => ({ ...answered, status: 200 }),
    ),
  },
  {
    name: 'does not say what it can do',
    areas: ['discovery'],
    breaks: ['RFC7643-5-01', 'RFC7643-5-02'],
    spoil: bodies(configOf, ({ filter: _, ...json }) => json),
  },
  {
    name: 'has types of its own',
    areas: ['discovery'],
    breaks: ['RFC7643-7-01', 'RFC7643-7-02', 'RFC7643-7-04'],
    spoil: answers(schemasOf, (answered) => ({
      ...answered,
      body: answered.body
        .replace('"type":"string"', '"type":"text"')
        .replace('"returned":"default"', '"returned":"sometimes"')
        .replace('"multiValued":false', '"multiValued":false,"referenceTypes":null'),
    })),
  },
  {
    name: 'answers one resource type as a list',
    areas: ['discovery'],
    breaks: ['RFC7644-4-03'],
    spoil: bodies(
      ({ path }) => path.startsWith('/ResourceTypes/'),
      (json) => ({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 1,
        Resources: [json],
      }),
    ),
  },
  {
    name: 'pages the list of schemas and filters it',
    areas: ['discovery'],
    breaks: ['RFC7644-4-05', 'RFC7644-4-06'],
    spoil: async (asked, forward) => {
      const answered = await forward(asked);
      if (!schemasOf(asked) || asked.query.size === 0) return answered;
      const json = parsed(answered.body);
      return { ...answered, body: JSON.stringify({ ...json, Resources: listIn(json.Resources).slice(0, 1) }) };
    },
  },
  {
    name: 'shows everything whatever is asked for',
    areas: ['projection', 'groups'],
    breaks: ['RFC7644-3.9-01', 'RFC7644-3.9-02', 'RFC7644-3.9-04', 'RFC7644-3.9-08', 'RFC7644-3.4.2.5-01'],
    spoil: without('attributes', 'excludedAttributes'),
  },
  {
    name: 'leaves the id out where it is excluded',
    areas: ['projection'],
    breaks: ['RFC7644-3.9-03'],
    spoil: bodies(
      ({ query }) => (query.get('excludedAttributes') ?? '').startsWith('id'),
      ({ id: _, ...json }) => json,
    ),
  },
  {
    name: 'gives the statuses of a bulk response as numbers',
    areas: ['bulk'],
    breaks: ['RFC7644-3.7-02'],
    spoil: bodies(bulkOf, (json) => ({
      ...json,
      Operations: listIn(json.Operations).map((done) => ({ ...done, status: Number(done.status) })),
    })),
  },
  {
    name: 'goes on after failOnErrors',
    areas: ['bulk'],
    breaks: ['RFC7644-3.7.3-02'],
    spoil: requests((asked) => {
      if (!bulkOf(asked)) return asked;
      const { failOnErrors: _, ...request } = parsed(asked.body);
      return { ...asked, body: JSON.stringify(request) };
    }),
  },
  {
    name: 'leaves bulkIds as they are',
    areas: ['bulk'],
    breaks: ['RFC7644-3.7.2-01', 'RFC7644-3.7.2-02'],
    spoil: requests((asked) => ({ ...asked, body: asked.body.replace(/"bulkId:\w+"/g, '"unresolved"') })),
  },
  {
    name: 'enforces no limit of bulk requests',
    areas: ['bulk'],
    breaks: ['RFC7644-3.7.4-01', 'RFC7644-3.7.4-02'],
    spoil: answers(
      (asked, { status }) => bulkOf(asked) && status === 413,
      (answered) => ({ ...answered, status: 200 }),
    ),
  },
  {
    name: 'has no ETag',
    areas: ['etag'],
    breaks: ['RFC7644-3.14-01'],
    spoil: answers(
      () => true,
      ({ headers: { etag: _, ...headers }, ...rest }) => ({ ...rest, headers }),
    ),
  },
  {
    name: 'ignores If-Match',
    areas: ['etag'],
    breaks: ['RFC7644-3.14-05', 'RFC7644-3.14-07'],
    spoil: withoutHeader('if-match'),
  },
  {
    name: 'ignores If-None-Match',
    areas: ['etag'],
    breaks: ['RFC7644-3.14-04'],
    spoil: withoutHeader('if-none-match'),
  },
  {
    name: 'has one version for ever',
    areas: ['etag'],
    breaks: ['RFC7644-3.14-03'],
    spoil: bodies(
      ({ path }, { status }) => path.startsWith('/Users/') && status === 200,
      (json) => ({ ...json, meta: { ...(json.meta as Json), version: 'W/"1"' } }),
    ),
  },
  {
    name: 'fails at /Me',
    areas: ['me'],
    breaks: ['RFC7644-3.11-01'],
    spoil: answers(
      ({ path }) => path === '/Me',
      (answered) => ({ ...answered, status: 500 }),
    ),
  },
];
