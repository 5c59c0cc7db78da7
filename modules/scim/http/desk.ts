import { describeService } from '../discovery/service-provider-config.ts';
import { everything } from '../projection/projection.ts';
import { unknownEndpoint } from '../refusal.ts';
import { inspect } from './body.ts';
import { layOutEndpoints } from './endpoints.ts';
import type { Answer } from './exchange.ts';
import { defaultLimits, type Finished, type ScimRouterOptions } from './options.ts';
import { serviceOf } from './service.ts';
import { readTarget } from './target.ts';
import { Visit } from './visit.ts';

/** One operation that does not come over HTTP: tried out, or carried out once more. */
export interface Errand<Caller> {
  readonly method: string;
  /** Below the SCIM base, such as `/Users/42`; a query is not looked at. */
  readonly path: string;
  /** The parsed body, where there is one. */
  readonly body?: unknown;
  readonly caller: Caller;
  readonly requestId: string;
}

/** The answer a client would have got, and what is told of it. */
export interface Carried<Caller> {
  readonly answer: Answer;
  readonly finished: Finished<Caller>;
}

/** Carries out operations through the very steps that requests take, bar authentication. Never rejects. */
export type ScimDesk<Caller> = (errand: Errand<Caller>) => Promise<Carried<Caller>>;

type DeskOptions<Caller> = Omit<ScimRouterOptions<Caller>, 'authenticate' | 'path' | 'requestId'>;

/** A desk over the same handlers and limits as a router. `onFinished` is told as it is of requests. */
export function scimDesk<Caller>(options: DeskOptions<Caller>): ScimDesk<Caller> {
  const limits = { ...defaultLimits, ...options.limits };
  let told: Finished<Caller> | undefined;
  const given = {
    ...options,
    authenticate: () => Promise.reject(new Error('a desk knows its callers')),
    onFinished(finished: Finished<Caller>) {
      told = finished;
      options.onFinished?.(finished);
    },
  };
  const service = serviceOf<Caller>(given, limits, describeService(limits, options.serviceProviderConfig));
  const find = layOutEndpoints(service);
  return async ({ method, path, body, caller, requestId }) => {
    const visit = new Visit(service, { method, path, arrival: { requestId, notes: [] } });
    visit.caller = caller;
    visit.course.body = body;
    const answer = await visit.run(async () => {
      const target = readTarget(path, []);
      if (!target || target.connection !== undefined) throw unknownEndpoint(path);
      const endpoint = find(method, target.segments);
      visit.goesTo(endpoint, target.segments[1], caller);
      visit.course.passed('authenticate');
      if (body !== undefined) inspect(body, limits.depth);
      visit.course.passed('receive');
      const context = {
        caller,
        requestId,
        now: service.now(),
        mode: options.mode?.(caller) ?? ('compat' as const),
        baseUrl: options.baseUrl(),
        projection: everything,
        notes: visit.occasion.arrival.notes,
        ignored: visit.ignored,
        course: visit.course,
      };
      visit.exchange = {
        request: undefined,
        service,
        context,
        parameters: endpoint.parametersOf('', context),
        id: target.segments[1] ?? '',
        ...(body === undefined ? {} : { body }),
      };
      await endpoint.run(visit.exchange);
    });
    visit.report(answer.status);
    return { answer, finished: told as Finished<Caller> };
  };
}
