/** One step of a request: what was done, what was found there, and how long it took in milliseconds. */
export interface CourseStep {
  readonly step: string;
  readonly note?: string | undefined;
  readonly milliseconds: number;
}

/** What came with a request and what became of it step by step, for whoever records it. */
export class Course {
  readonly method: string;
  /** Below the SCIM base, without the query. */
  readonly path: string;
  readonly started: number = performance.now();
  readonly steps: CourseStep[] = [];
  /** The body as it was understood; in a bulk request the data of the operation. */
  body: unknown;
  /** The very text of the body, where it came as one. */
  text: string | undefined;
  private last: number = this.started;

  constructor(method: string, path: string) {
    this.method = method;
    this.path = path;
  }

  /** Says that a step is done. Said again by a transaction that is run again: then it took two. */
  passed(step: string, note?: string): void {
    const now = performance.now();
    this.steps.push(
      note === undefined ? { step, milliseconds: now - this.last } : { step, note, milliseconds: now - this.last },
    );
    this.last = now;
  }

  /** Milliseconds since the request came. */
  get elapsed(): number {
    return performance.now() - this.started;
  }
}
