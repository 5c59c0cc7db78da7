import { expect } from 'chai';
import fc from 'fast-check';
import { ActivityReports } from '../../../modules/activity/index.ts';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { type ConnectionPolicy, Connections, type MatchPolicy } from '../../../modules/connection/index.ts';
import { type CustomerState, Customers } from '../../../modules/customer/index.ts';
import { differenceOf } from '../../../modules/provisioning/preview/difference.ts';
import { MappingPreview, type Preview } from '../../../modules/provisioning/preview/preview.ts';
import { onBothEngines, type TestEngine } from '../../setup/databases.ts';
import type { Json, ScimAnswer } from '../client.ts';
import { type MappedClient, type MappedHost, openMappedHost } from '../mapped/mapped-host.ts';
import { type Asked, everyKind, manyRows, plainRows, requests } from './arbitraries.ts';
import { readOnly } from './read-only.ts';

/** What an answer says apart from ids and times that a preview can't know. */
function comparable(body: unknown): unknown {
  const { id: _, meta, ...rest } = (body ?? {}) as Record<string, Json> & { meta?: Record<string, unknown> };
  const { location: __, version: ___, created: ____, lastModified: _____, ...kept } = meta ?? {};
  return { ...rest, meta: kept };
}

/** A request as it goes over the wire: whom it is of is said by a place among those who were made. */
const addressed = ({ method, body, whom }: Asked, ids: readonly string[]) => {
  const id = method === 'POST' ? undefined : (ids[whom % Math.max(1, ids.length)] ?? '4294967');
  return { method, body, id, path: id === undefined ? '/Users' : `/Users/${id}` };
};

const mails = (name: string) => [{ value: `${name}@example.com`, type: 'work' }];

/** What is tried on: names and addresses alone, and all that a mapping can do. */
interface Trial {
  readonly rows: readonly MappingRow[];
  readonly policy: Partial<ConnectionPolicy>;
  readonly match?: MatchPolicy;
  readonly numRuns: number;
  /** What must come of it: a property over nothing but refusals would prove little. */
  readonly kinds: readonly string[];
}
const all = ['POST 201', 'POST 400', 'POST 409', 'PUT 200', 'PATCH 200', 'DELETE 204'];
const trials: Readonly<Record<string, Trial>> = {
  'with a plain mapping': { rows: plainRows, policy: {}, numRuns: 12, kinds: all },
  'with every kind of row, and passwords': { rows: manyRows, policy: { passwords: true }, numRuns: 5, kinds: all },
  'where customers are asked for, scoped, and anonymised': {
    rows: plainRows,
    policy: {
      missingEmail: 'refuse',
      deletion: 'anonymise',
      deactivation: 'lock',
      scope: 'not (title eq "Bo")',
      verifiedDomains: ['example.com'],
      defaultGroup: 'Wholesale',
    },
    match: 'ask',
    numRuns: 6,
    kinds: all,
  },
  'where nobody new may come, and the deleted are gone': {
    rows: plainRows,
    policy: { newCustomers: false, deletion: 'delete', deactivation: 'flag' },
    match: 'refuse',
    numRuns: 6,
    kinds: ['POST 403', 'PUT 200', 'PATCH 200', 'DELETE 204'],
  },
};

onBothEngines('A preview', (engine) => {
  for (const [title, trial] of Object.entries(trials)) describe(title, () => foreseen(engine, trial));
});

function foreseen(engine: TestEngine, { rows, policy, match, numRuns, kinds }: Trial): void {
  let host: MappedHost;
  let scim: MappedClient;
  const met = { kinds: new Set<string>(), statements: 0 };
  const known: string[] = [];
  before(async () => {
    host = await openMappedHost(engine);
    await host.shopper('kim@example.com');
    // Whom nobody new joins are those who were there before.
    scim = await host.mapped(rows, { ...policy, newCustomers: true });
    if (policy.newCustomers === false)
      for (const externalId of ['e1', 'e3'])
        known.push(await scim.create({ userName: externalId, externalId, emails: mails(externalId) }));
    await scim.set(policy);
    if (match) await host.database.transaction((tx) => host.host.resolve(Connections).change(tx, scim.code, { match }));
  });
  after(() => host.close());

  const state = async (id: number | undefined): Promise<CustomerState | undefined> => {
    if (id === undefined) return undefined;
    const customers = host.host.resolve(Customers);
    const lean = await customers.byId(host.database, id);
    return lean && (lean.addresses.length > 0 ? lean : customers.withDefaultAddresses(host.database, lean));
  };

  async function preview({ method, body, id }: ReturnType<typeof addressed>): Promise<Preview> {
    const connection = await host.host.resolve(Connections).byCode(host.database, scim.code);
    const { result, refused, reads } = await readOnly(host, () =>
      host.host.resolve(MappingPreview).preview({ connection, method, body, id }),
    );
    expect(refused.join('\n'), 'what was refused').to.equal('');
    met.statements += reads.length;
    return result;
  }

  it('writes nothing and says what the request then does, whatever is sent to whomever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: 4, maxLength: 8 }), async (sequence) => {
        const ids = [...known];
        for (const asked of sequence) {
          const request = addressed(asked, ids);
          const foreseen = await preview(request);
          const before = await state(request.id === undefined ? undefined : Number.parseInt(request.id, 10));
          const answer = await scim.send(
            request.method,
            request.path,
            request.method === 'DELETE' ? undefined : JSON.stringify(request.body),
          );
          await agree(foreseen, answer, before);
          const kind = `${request.method} ${answer.status}`;
          met.kinds.add(kind);
          if (answer.status === 201) ids.push(String(answer.json.id));
        }
        for (const id of ids.slice(known.length)) await scim.delete(id);
      }),
      { numRuns, endOnFailure: true, examples: [[[...everyKind]]] },
    );
    expect(met.statements).to.be.above(met.kinds.size);
    expect([...met.kinds]).to.include.members([...kinds]);
  });

  async function agree(foreseen: Preview, answer: ScimAnswer, before: CustomerState | undefined): Promise<void> {
    const said = JSON.stringify({ request: foreseen.request, answered: answer.json });
    expect(foreseen.status, said).to.equal(answer.status);
    if (answer.status >= 400) {
      // A preview is no request that could be looked up.
      const detail = String(answer.json.detail).replace(/ \(Request [0-9a-f-]{36}\)$/, '');
      expect(foreseen.answer, said).to.deep.equal({ ...answer.json, detail });
      expect(foreseen.issues[0], said).to.include({ severity: 'error', message: detail });
      expect(foreseen.issues[0]?.cure, said).to.match(/\w.*\.$/);
      expect(foreseen.difference, said).to.deep.equal([]);
      return;
    }
    if (answer.status !== 204) expect(comparable(foreseen.answer), said).to.deep.equal(comparable(answer.json));
    expect(
      foreseen.issues.filter(({ severity }) => severity === 'error'),
      said,
    ).to.deep.equal([]);
    const id = answer.status === 204 ? before?.id : Number.parseInt(String(answer.json.id), 10);
    const was = foreseen.present === null ? undefined : (before ?? undefined);
    const real = differenceOf(was, await state(id));
    // A user that comes back by POST was there before: what it was is in the preview alone.
    if (foreseen.present === null || before) {
      // A preview does not tell whether a password is the one that a customer has.
      const told = ({ target }: { target: string }) => !(target === 'session_cutoff' && before && policy.passwords);
      const [expected, found] = [linesOf(real.filter(told)), linesOf(foreseen.difference.filter(told))];
      const [missing, wrong] = [without(expected, found), without(found, expected)];
      expect([...missing, ...wrong], `${JSON.stringify({ missing, wrong })} ${said}`).to.deep.equal([]);
    }
    const requestId = String(answer.headers.get('x-request-id'));
    const { items } = await host.host.resolve(ActivityReports).page(host.database, { requestId });
    if (foreseen.operation !== undefined)
      expect(
        items.map(({ operation }) => operation),
        said,
      ).to.deep.equal([foreseen.operation]);
  }
}

/** Who is anonymised gets an address that nobody could guess before. */
const linesOf = (difference: Preview['difference']): string[] =>
  difference.map((one) => JSON.stringify(one).replace(/(anonymised-\d+-)[0-9a-f]+/, '$1…'));
const without = (some: readonly string[], others: readonly string[]): string[] =>
  some.filter((line) => !others.includes(line));
