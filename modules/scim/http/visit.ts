import type { ScimError } from '../error.ts';
import { isObject } from '../resource/resource.ts';
import { Course } from './course.ts';
import type { Answer, Endpoint, Exchange } from './exchange.ts';
import type { Arrival, Finished } from './options.ts';
import type { Service } from './service.ts';

/** What is known of a request, or of an operation of a bulk request, as soon as it is there. */
export interface Occasion {
  readonly method: string;
  /** Below the SCIM base, without the query. */
  readonly path: string;
  readonly arrival: Arrival;
  readonly bulkIndex?: number;
}

/** What becomes known of one request on its way, for its answer and for the record. */
export class Visit<Caller> {
  readonly occasion: Occasion;
  readonly ignored: string[] = [];
  readonly course: Course;
  private readonly service: Service<Caller>;
  caller: Caller | undefined;
  endpoint: Endpoint<Caller> | undefined;
  /** What stands in the place of an id in the path. */
  private id: string | undefined;
  exchange: Exchange<Caller> | undefined;
  refusal: ScimError | undefined;

  constructor(service: Service<Caller>, occasion: Occasion) {
    this.service = service;
    this.occasion = occasion;
    this.course = new Course(occasion.method, occasion.path);
  }

  /** Throws where the caller may not go there. */
  goesTo(endpoint: Endpoint<Caller>, id: string | undefined, caller: Caller): void {
    this.endpoint = endpoint;
    this.id = id;
    const { operation, handler } = endpoint;
    this.service.authorize(caller, handler ? { operation, resourceType: handler.type.name } : { operation });
  }

  /** Lets the request through; what it throws becomes its refusal. Never rejects. */
  async run(pass: () => Promise<void>): Promise<Answer> {
    try {
      await pass();
    } catch (error) {
      this.refusal = this.service.refusalFor(error, this.occasion.arrival.requestId);
    }
    const { refusal } = this;
    return refusal
      ? {
          status: refusal.status,
          body: refusal.bodyOf(this.occasion.arrival.requestId),
          headers: refusal.headers ?? {},
        }
      : (this.exchange?.answer ?? { status: 204 });
  }

  /** Of the resource that was made or named. */
  get resourceId(): string | undefined {
    const { resource } = this.exchange ?? {};
    const made = isObject(resource) ? resource.id : undefined;
    if (typeof made === 'string') return made;
    return this.endpoint?.handler && this.id !== '.search' ? this.id : undefined;
  }

  report(status: number): void {
    const { occasion, endpoint, exchange, caller, refusal, resourceId } = this;
    const { connection, notes, requestId } = occasion.arrival;
    const outcome = exchange?.context.outcome;
    const type = endpoint?.handler?.type.name;
    this.service.report({
      requestId,
      method: occasion.method,
      path: occasion.path,
      operation: endpoint?.operation ?? 'unknown',
      ...(occasion.bulkIndex === undefined ? {} : { bulkIndex: occasion.bulkIndex }),
      status,
      milliseconds: this.course.elapsed,
      ...(type === undefined ? {} : { resourceType: type }),
      ...(resourceId === undefined ? {} : { resourceId }),
      ...(connection === undefined ? {} : { connection }),
      ...(caller === undefined ? {} : { caller }),
      ...(refusal === undefined ? {} : { error: refusal }),
      ...(outcome === undefined ? {} : { outcome }),
      notes,
      ignored: this.ignored,
      course: this.course,
    } satisfies Finished<Caller>);
  }
}
