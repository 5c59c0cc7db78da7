import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { curlOf } from '../../modules/api-docs/curl/curl.ts';
import { refusal } from '../../modules/api-docs/endpoint/endpoints.ts';
import { likely } from '../../modules/api-docs/endpoint/values.ts';
import { docsFiles } from '../../modules/api-docs/export/files.ts';
import type { Endpoint } from '../../modules/api-docs/index.ts';
import type { OpenApiDocument } from '../../modules/api-docs/openapi/document.ts';
import type { JsonSchema } from '../../modules/framework/index.ts';
import { faultsOf, faultsOfAnswer } from './answers.ts';
import { type Call, callsOf, last, refused } from './calls.ts';
import { runLine } from './shell.ts';
import { openStage, type Stage } from './stage.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('The description of the API', function () {
  this.timeout(180_000);
  let stage: Stage;
  let document: OpenApiDocument;
  before(async () => {
    stage = await openStage();
    document = (await (await fetch(`${stage.url}/openapi.json`)).json()) as OpenApiDocument;
  });
  after(() => stage.close());

  it('is OpenAPI 3.1', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    const fits = ajv.compile(JSON.parse(read('./openapi-3.1.json')) as object);
    fits(document);
    expect(fits.errors ?? []).to.deep.equal([]);
  });

  it('holds schemas that JSON Schema knows, and refers to nothing that is not there', () => {
    const ajv = new Ajv2020({
      strict: true,
      strictTypes: false,
      strictRequired: false,
      allowMatchingProperties: true,
      validateFormats: false,
    });
    ajv.addVocabulary(['components']);
    const { schemas } = document.components;
    ajv.addSchema({ $id: 'document', components: document.components } as object, 'document');
    for (const name of Object.keys(schemas ?? {}))
      expect(() => ajv.compile({ $ref: `document#/components/schemas/${name}` }), name).not.to.throw();
    const referred = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(referred.filter((name) => !(String(name) in (schemas ?? {})))).to.deep.equal([]);
  });

  it('has every route that is not a page of the administration, and each says what it is for', () => {
    const missing: string[] = [];
    for (const { item } of stage.inventory.routes) {
      if (item.kind === 'mount') {
        if (item.operations.length === 0) missing.push(`${item.path}: says nothing of what it serves`);
        continue;
      }
      if (item.area === 'admin' && !item.path.startsWith('/admin/api/') && 'acl' in item.access) continue;
      const path = item.path.replace(/:(\w+)/g, '{$1}');
      const known = document.paths[path]?.[item.method.toLowerCase()];
      if (item.area === 'admin' && !item.path.startsWith('/admin/api/')) continue;
      if (!known) missing.push(`${item.method} ${item.path}: is not there`);
      if (!item.operation) missing.push(`${item.method} ${item.path}: says not what it is for (operation)`);
    }
    expect(missing).to.deep.equal([]);
  });

  it('names every method that a mount serves at its paths', async () => {
    for (const { item } of stage.inventory.routes) {
      if (item.kind !== 'mount') continue;
      for (const path of new Set(item.operations.map(({ at }) => at))) {
        const told = item.operations.filter(({ at }) => at === path).map(({ method }) => method);
        const answer = await fetch(`${stage.url}${item.path}${filled(path)}`, {
          method: 'OPTIONS',
          headers: { authorization: `Bearer ${stage.scimToken}`, 'x-auth-token': stage.accountToken },
        });
        const allowed = (answer.headers.get('allow') ?? '').split(/,\s*/).filter((method) => method !== 'HEAD');
        expect(allowed, `${item.path}${path} ${answer.status}`).to.have.members(told);
      }
    }
  });

  const filled = (path: string): string => path.replace(':hash', stage.storeHash).replace(':id', '1');

  it('names what opens an operation: nothing else does, and the refusal is as it is described', async () => {
    const faults: string[] = [];
    for (const { id, method, path, security, operation } of stage.endpoints) {
      // Without a token of its own, /metrics is open to this machine.
      if (security.length === 0 || security[0]?.name === 'monitoring') continue;
      const answer = await fetch(stage.url + path.replace(/\{\w+\}/g, '1'), { method });
      const came = { type: answer.headers.get('content-type') ?? '', text: await answer.text() };
      if (answer.status !== 401) faults.push(`${id}: ${answer.status}`);
      else faults.push(...faultsOfAnswer(operation.refusal ?? refusal, came).map((fault) => `${id}: ${fault}`));
    }
    expect(faults).to.deep.equal([]);
  });

  it('shows bodies that fit what it says of them', () => {
    const faults = stage.endpoints.flatMap(({ id, body }) => {
      if (!body) return [];
      return faultsOf(body.schema as JsonSchema, likely(body.example)).map((fault) => `${id}: ${fault}`);
    });
    expect(faults).to.deep.equal([]);
  });

  it('gives each operation a name of its own', () => {
    const ids = stage.endpoints.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).to.deep.equal([]);
  });

  it('stands in docs/api as it is made', () => {
    const files = docsFiles(stage.endpoints, 'https://store.example');
    const command = 'npm run -s cli -- api:export --folder docs/api --base-url https://store.example';
    expect(readdirSync(new URL('../../docs/api/', import.meta.url))).to.have.members([...files.keys()]);
    for (const [name, content] of files)
      expect(read(`../../docs/api/${name}`) === content, `docs/api/${name} is old; ${command} writes it`).to.equal(
        true,
      );
  });

  it('has lines for the shell that call what they say, and are answered as it is described', async () => {
    const ordered = callsOf(stage);
    const named = new Set([...ordered.map(({ id }) => id), ...last]);
    const rest = stage.endpoints.filter(({ id }) => !named.has(id)).map(({ id }): Call => ({ id }));
    const byId = new Map(stage.endpoints.map((endpoint) => [endpoint.id, endpoint]));
    const variables: Record<string, string> = { BASE_URL: stage.url };
    const faults: string[] = [];
    for (const { id, given, leaves } of [...ordered, ...rest, ...last.map((one): Call => ({ id: one }))]) {
      const endpoint = byId.get(id);
      if (!endpoint) {
        faults.push(`${id}: there is no such operation`);
        continue;
      }
      await given?.(variables);
      faults.push(...(await faultsOfCall(endpoint, variables, leaves)));
    }
    expect(faults).to.deep.equal([]);
  });
});

async function faultsOfCall(
  endpoint: Endpoint,
  variables: Record<string, string>,
  leaves: Call['leaves'],
): Promise<string[]> {
  const { id, operation } = endpoint;
  try {
    const came = await runLine(curlOf(endpoint), variables);
    const answer = operation.answers[came.status];
    const wanted = refused[id];
    if (wanted === undefined ? answer === undefined : came.status !== wanted)
      return [`${id}: ${came.status} ${came.text.slice(0, 300)}`];
    const described = answer ?? operation.refusal ?? refusal;
    if (leaves) leaves(JSON.parse(came.text), variables);
    return faultsOfAnswer(described, came).map((fault) => `${id}: ${fault}`);
  } catch (error) {
    return [`${id}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
