import type { StoreScope } from '../../connection/index.ts';
import type { DeskCaller } from '../../provisioning/index.ts';

/** A request of an API account, once it is known who asks. */
export interface StoreRequest {
  readonly caller: DeskCaller;
  /** Of the account. */
  readonly clientId: string;
  readonly query: URLSearchParams;
  /** The parsed JSON; undefined where none was sent. */
  readonly body: unknown;
  /** The number at the end of the path. */
  readonly id: number | undefined;
  readonly now: Date;
  /** Counts what is as much work as so many requests more: later ones wait for it. */
  charge(amount: number): void;
}

export interface StoreAnswer {
  readonly status: number;
  /** None with 204. */
  readonly body?: unknown;
}

export const ok = (data: unknown, meta: Readonly<Record<string, unknown>> = {}): StoreAnswer => ({
  status: 200,
  body: { data, meta },
});
export const nothing: StoreAnswer = { status: 204 };

/** Answers a request, or throws a StoreRefusal or an error of the use case. */
export type StoreHandler = (request: StoreRequest) => Promise<StoreAnswer>;

/** What one path serves, and the scope that it takes. */
export interface StoreResource {
  /** Behind `/stores/<hash>/v3`; `/hooks/:id` ends with a number. */
  readonly path: string;
  readonly scope: StoreScope;
  readonly methods: Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', StoreHandler>>>;
}
