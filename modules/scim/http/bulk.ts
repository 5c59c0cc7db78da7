import { type BulkOperation, readBulk } from '../bulk/message.ts';
import { type Order, orderByDependency } from '../bulk/order.ts';
import { type IdOf, referencesOf, resolveData, resolvePath } from '../bulk/references.ts';
import { type BulkAnswer, bulkResponse } from '../bulk/response.ts';
import { quoted } from '../error.ts';
import type { Projection } from '../projection/projection.ts';
import { conflict, invalidValue, unavailable } from '../refusal.ts';
import { isObject } from '../resource/resource.ts';
import type { FindEndpoint } from './endpoints.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Operation } from './options.ts';
import { noParameters, readTarget, type Target } from './target.ts';
import { Visit } from './visit.ts';

/** So many operations in a row find the store out of reach; then the others are not even tried. */
const PATIENCE = 3;

/** Nothing of a resource is shown in a bulk response, so handlers need not read what is dear. */
const nothing: Projection = Object.freeze({ only: new Map() });

const changes: ReadonlySet<Operation> = new Set(['create', 'replace', 'patch', 'delete']);

/**
 * Runs the operations of a bulk request (RFC 7644 §3.7), one after the other, each through the steps of its own
 * endpoint and each whole or not at all. Errors stay with their operation, until there are `failOnErrors` of them.
 */
export async function serveBulk<C>(exchange: Exchange<C>, find: FindEndpoint<C>): Promise<void> {
  const { service, context } = exchange;
  const { operations, failOnErrors } = readBulk(exchange.body, service.limits.bulkOperations, context);
  const run = new BulkRun(exchange, find, operations);
  const answers = new Map<number, BulkAnswer>();
  let errors = 0;
  for (const index of run.order.sequence) {
    const answer = await run.operate(index);
    answers.set(index, answer);
    if (answer.response && ++errors === Math.max(1, failOnErrors ?? Number.POSITIVE_INFINITY)) break;
  }
  const inOrder = [...answers].sort(([left], [right]) => left - right).map(([, answer]) => answer);
  exchange.answer = { status: 200, body: bulkResponse(inOrder) };
}

/** One bulk request on its way: what refers to what, and which ids have come of it so far. */
class BulkRun<C> {
  readonly order: Order;
  private readonly exchange: Exchange<C>;
  private readonly find: FindEndpoint<C>;
  private readonly operations: readonly BulkOperation[];
  private readonly owners = new Map<string, number>();
  private readonly ids = new Map<string, string>();
  private outOfReach = 0;

  constructor(exchange: Exchange<C>, find: FindEndpoint<C>, operations: readonly BulkOperation[]) {
    this.exchange = exchange;
    this.find = find;
    this.operations = operations;
    operations.forEach(({ bulkId }, index) => {
      if (bulkId !== undefined) this.owners.set(bulkId, index);
    });
    this.order = orderByDependency(operations.map((operation) => this.needsOf(operation)));
  }

  /** Never rejects. */
  async operate(index: number): Promise<BulkAnswer> {
    const operation = this.operations[index] as BulkOperation;
    const { context, connection } = this.exchange;
    const visit = new Visit(this.exchange.service, {
      method: operation.method,
      path: operation.path,
      arrival: { requestId: context.requestId, notes: [], ...(connection === undefined ? {} : { connection }) },
      bulkIndex: index,
    });
    visit.caller = context.caller;
    const answer = await visit.run(() => this.pass(operation, index, visit));
    visit.report(answer.status);
    this.outOfReach = visit.refusal?.code === 'SCIM_UNAVAILABLE' ? this.outOfReach + 1 : 0;
    return this.answerOf(operation, visit, answer);
  }

  private async pass(operation: BulkOperation, index: number, visit: Visit<C>): Promise<void> {
    if (operation.fault) throw operation.fault;
    if (this.outOfReach >= PATIENCE) {
      throw unavailable(5, 'The store could not be reached for the operations before; this one was not tried.');
    }
    const idOf: IdOf = (bulkId) => this.idOf(bulkId, index);
    const { segments } = targetOf(resolvePath(operation.path, idOf));
    const endpoint = this.find(operation.method, segments);
    if (!changes.has(endpoint.operation)) {
      throw invalidValue(`${quoted(operation.path)} is no resource; a bulk request only changes resources.`);
    }
    const id = segments[1];
    visit.goesTo(endpoint, id, this.exchange.context.caller);
    const { ifMatch: _, ifNoneMatch: __, ...context } = this.exchange.context;
    const { service, request } = this.exchange;
    const body = resolveData(operation.data, idOf);
    visit.course.body = body;
    visit.exchange = {
      request,
      service,
      parameters: noParameters,
      id: id ?? '',
      body,
      context: {
        ...context,
        now: service.now(),
        projection: nothing,
        notes: visit.occasion.arrival.notes,
        ignored: visit.ignored,
        course: visit.course,
        ...(operation.version === undefined ? {} : { ifMatch: operation.version }),
      },
    };
    await endpoint.run(visit.exchange);
    const { resourceId } = visit;
    if (operation.bulkId !== undefined && resourceId !== undefined && operation.method !== 'DELETE') {
      this.ids.set(operation.bulkId, resourceId);
    }
  }

  private needsOf(operation: BulkOperation): readonly number[] {
    if (operation.fault) return [];
    const needs: number[] = [];
    for (const bulkId of referencesOf(operation)) {
      const owner = this.owners.get(bulkId);
      if (owner !== undefined) needs.push(owner);
    }
    return needs;
  }

  private idOf(bulkId: string, index: number): string {
    const id = this.ids.get(bulkId);
    if (id !== undefined) return id;
    const name = `bulkId ${quoted(bulkId)}`;
    if (!this.owners.has(bulkId)) throw invalidValue(`No operation of the request has the ${name}.`);
    if (this.order.circular.has(index)) {
      throw conflict(
        `The operation and the one with the ${name} refer to each other in a circle; neither can be first.`,
      );
    }
    throw conflict(`The operation with the ${name} made no resource, so this one, which refers to it, was not tried.`);
  }

  private answerOf({ method, bulkId }: BulkOperation, visit: Visit<C>, answer: Answer): BulkAnswer {
    const { refusal, exchange, endpoint, resourceId } = visit;
    const meta = isObject(exchange?.resource) ? exchange.resource.meta : undefined;
    const { location, version } = isObject(meta) ? meta : {};
    const endpointUrl = endpoint?.handler && `${this.exchange.context.baseUrl}${endpoint.handler.type.endpoint}`;
    const named =
      endpointUrl !== undefined && resourceId !== undefined
        ? `${endpointUrl}/${encodeURIComponent(resourceId)}`
        : undefined;
    const place = typeof location === 'string' ? location : named;
    return {
      method,
      ...(bulkId === undefined ? {} : { bulkId }),
      ...(place === undefined ? {} : { location: place }),
      ...(typeof version === 'string' && !refusal ? { version } : {}),
      status: String(answer.status),
      ...(refusal ? { response: refusal.bodyOf(this.exchange.context.requestId) } : {}),
    };
  }
}

/** Below the SCIM base, as in RFC 7644 §3.7; the caller's connection is that of the request. */
function targetOf(path: string): Target {
  const target = readTarget(path, []);
  if (target?.connection === undefined && target) return target;
  throw invalidValue(`${quoted(path)} is no path below the SCIM base, such as "/Users" or "/Users/<id>".`);
}
