import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { describeService } from '../discovery/service-provider-config.ts';
import { ScimError } from '../error.ts';
import { everything } from '../projection/projection.ts';
import { internal } from '../refusal.ts';
import { isObject } from '../resource/resource.ts';
import { send } from './answer.ts';
import { type FindEndpoint, layOutEndpoints } from './endpoints.ts';
import type { Endpoint, Exchange } from './exchange.ts';
import type { RequestContext } from './handler.ts';
import { type Arrival, defaultLimits, type Finished, type ScimRouterOptions } from './options.ts';
import type { Service } from './service.ts';
import { readParameters, readTarget, segmentsOf, type Target } from './target.ts';

/**
 * Serves SCIM 2.0 below `options.path` (default `/scim/v2`) and `<path>/connections/<code>`: authenticates, finds the
 * endpoint, runs its steps, and answers every request below the path itself, errors included, as SCIM JSON.
 *
 * It is one layer that looks at the whole URL, so it may be mounted at `/` or at its path; requests elsewhere go on to
 * the next layer. No body parser may run before it.
 */
export function scimRouter<Caller>(options: ScimRouterOptions<Caller>): RequestHandler {
  const limits = { ...defaultLimits, ...options.limits };
  const config = describeService(limits, options.serviceProviderConfig);
  const service: Service<Caller> = { handlers: options.resourceTypes, limits, config };
  const door = new Door(options, service, layOutEndpoints(service));
  const base = segmentsOf(options.path ?? '/scim/v2');
  return (request, response, next) => {
    let target: Target | ScimError | undefined;
    try {
      target = readTarget(request.originalUrl, base);
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      target = error;
    }
    if (target === undefined) next();
    else void door.serve(request, response, target);
  };
}

/** Takes requests in and lets answers out. */
class Door<Caller> {
  private readonly options: ScimRouterOptions<Caller>;
  private readonly service: Service<Caller>;
  private readonly find: FindEndpoint<Caller>;

  constructor(options: ScimRouterOptions<Caller>, service: Service<Caller>, find: FindEndpoint<Caller>) {
    this.options = options;
    this.service = service;
    this.find = find;
  }

  /** Never rejects. */
  async serve(request: Request, response: Response, target: Target | ScimError): Promise<void> {
    const started = performance.now();
    const visit = new Visit<Caller>(this.options.requestId?.(request) ?? randomUUID(), target);
    let refusal: ScimError | undefined;
    try {
      await this.pass(request, response, target, visit);
    } catch (error) {
      refusal = this.refusalFor(error, visit.requestId);
    }
    const answer = refusal
      ? { status: refusal.status, body: refusal.body(), headers: refusal.headers ?? {} }
      : (visit.exchange?.answer ?? { status: 204 });
    send(request, response, visit.requestId, answer);
    this.options.onFinished?.(visit.finished(request, started, answer.status, refusal));
  }

  private async pass(
    request: Request,
    response: Response,
    target: Target | ScimError,
    visit: Visit<Caller>,
  ): Promise<void> {
    visit.caller = await this.options.authenticate(request, visit.arrival);
    if (target instanceof ScimError) throw target;
    const endpoint = this.find(request.method, target.segments);
    visit.endpoint = endpoint;
    const exchange: Exchange<Caller> = {
      request,
      response,
      service: this.service,
      context: this.contextFor(request, visit, visit.caller),
      parameters: readParameters(target.query),
      id: target.segments[1] ?? '',
    };
    visit.exchange = exchange;
    await endpoint.run(exchange);
  }

  private contextFor(request: Request, visit: Visit<Caller>, caller: Caller): RequestContext<Caller> {
    const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
    return {
      caller,
      requestId: visit.requestId,
      now: this.options.now?.() ?? new Date(),
      mode: this.options.mode?.(caller) ?? 'compat',
      baseUrl: this.options.baseUrl(),
      projection: everything,
      ...(ifMatch === undefined ? {} : { ifMatch }),
      ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
      notes: visit.arrival.notes,
      ignored: visit.ignored,
    };
  }

  private refusalFor(error: unknown, requestId: string): ScimError {
    if (error instanceof ScimError) return error;
    const mapped = this.options.mapError?.(error);
    if (mapped) return mapped;
    this.options.onError?.(error, requestId);
    return internal(requestId);
  }
}

/** What becomes known of one request, for the record. */
class Visit<Caller> {
  readonly requestId: string;
  readonly arrival: Arrival;
  readonly ignored: string[] = [];
  private readonly path: string;
  private readonly id: string | undefined;
  caller: Caller | undefined;
  endpoint: Endpoint<Caller> | undefined;
  exchange: Exchange<Caller> | undefined;

  constructor(requestId: string, target: Target | ScimError) {
    this.requestId = requestId;
    const known = target instanceof ScimError ? undefined : target;
    this.path = `/${known?.segments.join('/') ?? ''}`;
    this.id = known?.segments[1];
    const { connection } = known ?? {};
    this.arrival = { requestId, notes: [], ...(connection === undefined ? {} : { connection }) };
  }

  finished(request: Request, started: number, status: number, error: ScimError | undefined): Finished<Caller> {
    const { endpoint, exchange, caller } = this;
    const { connection, notes } = this.arrival;
    const outcome = exchange?.context.outcome;
    const type = endpoint?.handler?.type.name;
    const made = isObject(exchange?.resource) ? exchange.resource.id : undefined;
    const resourceId = typeof made === 'string' ? made : endpoint?.handler ? this.id : undefined;
    return {
      requestId: this.requestId,
      method: request.method,
      path: this.path,
      operation: endpoint?.operation ?? 'unknown',
      status,
      milliseconds: performance.now() - started,
      ...(type === undefined ? {} : { resourceType: type }),
      ...(resourceId === undefined || resourceId === '.search' ? {} : { resourceId }),
      ...(connection === undefined ? {} : { connection }),
      ...(caller === undefined ? {} : { caller }),
      ...(error === undefined ? {} : { error }),
      ...(outcome === undefined ? {} : { outcome }),
      notes,
      ignored: this.ignored,
    };
  }
}
