import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describeService } from '../discovery/service-provider-config.ts';
import { ScimError } from '../error.ts';
import { everything } from '../projection/projection.ts';
import { send } from './answer.ts';
import { type FindEndpoint, layOutEndpoints } from './endpoints.ts';
import type { RequestContext } from './handler.ts';
import { defaultLimits, type ScimRouterOptions } from './options.ts';
import { type Service, serviceOf } from './service.ts';
import { readTarget, segmentsOf, type Target } from './target.ts';
import { type Occasion, Visit } from './visit.ts';

/** A handler of plain Node requests. */
export type ScimHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Serves SCIM 2.0 below `options.path` (default `/scim/v2`) and `<path>/connections/<code>`: authenticates, finds the
 * endpoint, runs its steps, and answers every request below the path itself, errors included, as SCIM JSON.
 *
 * It is one layer that looks at the whole URL; requests elsewhere go on to the next layer. No body parser may run before
 * it.
 */
export function scimRouter<Caller>(options: ScimRouterOptions<Caller>): ScimHandler {
  const limits = { ...defaultLimits, ...options.limits };
  const config = describeService(limits, options.serviceProviderConfig);
  const service = serviceOf(options, limits, config);
  const door = new Door(options, service, layOutEndpoints(service));
  const base = segmentsOf(options.path ?? '/scim/v2');
  return (request, response, next) => {
    let target: Target | ScimError | undefined;
    try {
      target = readTarget(request.url ?? '/', base);
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
  async serve(request: IncomingMessage, response: ServerResponse, target: Target | ScimError): Promise<void> {
    const requestId = this.options.requestId?.(request) ?? randomUUID();
    const visit = new Visit(this.service, occasionOf(request, requestId, target));
    const answer = await visit.run(() => this.pass(request, target, visit));
    send(request, response, requestId, answer);
    visit.report(answer.status);
  }

  private async pass(request: IncomingMessage, target: Target | ScimError, visit: Visit<Caller>): Promise<void> {
    visit.caller = await this.options.authenticate(request, visit.occasion.arrival);
    visit.course.passed('authenticate');
    if (target instanceof ScimError) throw target;
    const endpoint = this.find(request.method ?? 'GET', target.segments);
    visit.goesTo(endpoint, target.segments[1], visit.caller);
    const context = this.contextFor(request, visit, visit.caller);
    visit.exchange = {
      request,
      service: this.service,
      context,
      parameters: endpoint.parametersOf(target.query, context),
      id: target.segments[1] ?? '',
      ...(visit.occasion.arrival.connection === undefined ? {} : { connection: visit.occasion.arrival.connection }),
    };
    await endpoint.run(visit.exchange);
  }

  private contextFor(request: IncomingMessage, visit: Visit<Caller>, caller: Caller): RequestContext<Caller> {
    const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
    const { arrival } = visit.occasion;
    return {
      caller,
      requestId: arrival.requestId,
      now: this.service.now(),
      mode: this.options.mode?.(caller) ?? 'compat',
      baseUrl: this.options.baseUrl(),
      projection: everything,
      ...(ifMatch === undefined ? {} : { ifMatch }),
      ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
      notes: arrival.notes,
      ignored: visit.ignored,
      course: visit.course,
    };
  }
}

function occasionOf({ method = 'GET' }: IncomingMessage, requestId: string, target: Target | ScimError): Occasion {
  const known = target instanceof ScimError ? undefined : target;
  const { connection } = known ?? {};
  return {
    method,
    path: `/${known?.segments.join('/') ?? ''}`,
    arrival: { requestId, notes: [], ...(connection === undefined ? {} : { connection }) },
  };
}
