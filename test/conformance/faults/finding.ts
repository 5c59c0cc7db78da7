import { answers, bodies, type Fault, filters, isList, listIn, parsed, requests, without } from './fault.ts';

const onUsers = ({ path }: { path: string }): boolean => path === '/Users';

/** What goes wrong with filters, sorting and pages. */
export const findingFaults: readonly Fault[] = [
  {
    name: 'ignores filters',
    areas: ['filter', 'read'],
    breaks: ['RFC7644-3.4.2.2-01', 'RFC7644-3.4.2.2-12', 'RFC7644-3.4.2.2-40', 'RFC7644-3.4.2-02'],
    spoil: without('filter'),
  },
  {
    name: 'answers everybody to a filter that it does not understand',
    areas: ['filter'],
    breaks: ['RFC7644-3.4.2.2-40', 'RFC7644-3.4.2.2-41', 'RFC7644-3.4.2.2-42', 'RFC7644-3.4.2.2-43'],
    spoil: async (asked, forward) => {
      const answered = await forward(asked);
      return answered.status === 400 ? forward({ ...asked, query: new URLSearchParams() }) : answered;
    },
  },
  {
    name: 'drops what stands behind OR in capitals',
    areas: ['filter'],
    breaks: ['RFC7644-3.4.2.2-15'],
    spoil: filters((filter) => filter.replace(/ OR .*\)/, ')')),
  },
  {
    name: 'lets or bind closer than and',
    areas: ['filter'],
    breaks: ['RFC7644-3.4.2.2-13'],
    spoil: filters((filter) => filter.replace(/\(([^()]+) or ([^()]+?) and ([^()]+)\)/, '(($1 or $2) and $3)')),
  },
  {
    name: 'compares with regard to case',
    areas: ['filter'],
    breaks: ['RFC7644-3.4.2.2-16', 'RFC7644-3.4.2.2-29'],
    spoil: filters((filter) => (/"CARTER"|EXAMPLE\.COM/.test(filter) ? 'userName eq "nobody at all"' : filter)),
  },
  {
    name: 'compares externalId without regard to case',
    areas: ['filter'],
    breaks: ['RFC7644-3.4.2.2-17'],
    spoil: filters((filter) => filter.replace(/\(externalId eq .*\)/, '(externalId pr)')),
  },
  {
    name: 'takes _ and % for wildcards',
    areas: ['filter'],
    breaks: ['RFC7644-3.4.2.2-25'],
    spoil: filters((filter) => filter.replace('name.givenName eq "B_b"', 'name.givenName eq "Bob"')),
  },
  {
    name: 'compares times as texts',
    areas: ['filter'],
    breaks: ['RFC7644-3.4.2.2-28'],
    spoil: filters((filter) => filter.replace('+05:00', 'Z')),
  },
  {
    name: 'joins what two elements say',
    areas: ['filter'],
    breaks: ['RFC7644-3.4.2.2-21'],
    spoil: filters((filter) =>
      filter.replace(/emails\[type eq "home" and value eq ("[^"]+")\]/, 'emails.type eq "home" and emails.value eq $1'),
    ),
  },
  {
    name: 'ignores sortBy',
    areas: ['sort', 'search'],
    breaks: ['RFC7644-3.4.2.3-01', 'RFC7644-3.4.2.3-03', 'RFC7644-3.4.2.3-05'],
    spoil: without('sortBy'),
  },
  {
    name: 'ignores sortOrder',
    areas: ['sort'],
    breaks: ['RFC7644-3.4.2.3-02', 'RFC7644-3.4.2.3-04'],
    spoil: without('sortOrder'),
  },
  {
    name: 'gives the size of the page as totalResults',
    areas: ['index-paging'],
    breaks: ['RFC7644-3.4.2.4-01', 'RFC7644-3.4.2.4-05'],
    spoil: bodies(isList, (json) => ({ ...json, totalResults: listIn(json.Resources).length })),
  },
  {
    name: 'gives the count that was asked for as itemsPerPage',
    areas: ['index-paging'],
    breaks: ['RFC7644-3.4.2.4-01'],
    spoil: bodies(isList, (json, { query }) => ({ ...json, itemsPerPage: Number(query.get('count') ?? 100) })),
  },
  {
    name: 'counts startIndex from 0',
    areas: ['index-paging'],
    breaks: ['RFC7644-3.4.2.4-03'],
    spoil: requests((asked) => {
      const query = new URLSearchParams(asked.query);
      const start = Number(query.get('startIndex'));
      if (start > 0) query.set('startIndex', String(start + 1));
      return { ...asked, query };
    }),
  },
  {
    name: 'gives numbers as texts',
    areas: ['index-paging'],
    breaks: ['RFC7644-3.4.2.4-10', 'RFC7644-3.4.2.4-01'],
    spoil: bodies(isList, (json) => ({ ...json, totalResults: String(json.totalResults) })),
  },
  {
    name: 'reads count=0 as no count',
    areas: ['index-paging'],
    breaks: ['RFC7644-3.4.2.4-05'],
    spoil: (asked, forward) => (asked.query.get('count') === '0' ? without('count')(asked, forward) : forward(asked)),
  },
  {
    name: 'refuses a count that is too great',
    areas: ['index-paging'],
    breaks: ['RFC7644-3.4.2.4-09'],
    spoil: answers(
      ({ query }) => Number(query.get('count')) > 1000,
      (answered) => ({ ...answered, status: 400 }),
    ),
  },
  {
    name: 'names a next page after the last',
    areas: ['cursor-paging'],
    breaks: ['RFC9865-2-02', 'RFC9865-2-03'],
    spoil: bodies(
      (asked, answered) => onUsers(asked) && isList(asked, answered) && asked.query.has('cursor'),
      (json) => ({ nextCursor: 'more', ...json }),
    ),
  },
  {
    name: 'gives cursors that must be encoded',
    areas: ['cursor-paging'],
    breaks: ['RFC9865-2-04'],
    spoil: bodies(isList, (json) => ({ ...json, ...(json.nextCursor ? { nextCursor: `${json.nextCursor}==` } : {}) })),
  },
  {
    name: 'begins anew with a cursor that it does not know',
    areas: ['cursor-paging'],
    breaks: ['RFC9865-2.1-01', 'RFC9865-2.1-02', 'RFC9865-2.1-03', 'RFC9865-2.1-04'],
    spoil: async (asked, forward) => {
      const answered = await forward(asked);
      if (answered.status !== 400 || !asked.query.has('cursor')) return answered;
      const query = new URLSearchParams(asked.query);
      query.set('cursor', '');
      return forward({ ...asked, query });
    },
  },
  {
    name: 'does not say which way of paging is the default',
    areas: ['cursor-paging'],
    breaks: ['RFC9865-4-02'],
    spoil: bodies(
      ({ path }) => path === '/ServiceProviderConfig',
      (json) => ({ ...json, pagination: { cursor: true, index: true } }),
    ),
  },
  {
    name: 'ignores what a search asks to see',
    areas: ['search'],
    breaks: ['RFC7644-3.4.3-03'],
    spoil: requests((asked) => {
      const { attributes: _, excludedAttributes: __, ...search } = parsed(asked.body);
      return asked.path.endsWith('/.search') ? { ...asked, body: JSON.stringify(search) } : asked;
    }),
  },
];
