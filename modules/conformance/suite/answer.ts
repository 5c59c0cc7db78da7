import { type Json, listOf } from './json.ts';

/** What came back, and what had been sent. */
export class Answer {
  /** Method and path below the base, for sentences. */
  readonly request: string;
  readonly sent: string | undefined;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; an empty object where there is none or where it is not JSON. */
  readonly json: Json;

  constructor(request: string, sent: string | undefined, response: Response, text: string) {
    this.request = request;
    this.sent = sent;
    this.status = response.status;
    this.headers = response.headers;
    this.text = text;
    this.json = parsed(text);
  }

  /** `schemas` of the body. */
  get schemas(): readonly string[] {
    return listOf(this.json.schemas).map(String);
  }

  /** `Resources` of a list. */
  get resources(): readonly Json[] {
    return listOf(this.json.Resources);
  }

  /** The ids of a list's resources. */
  get ids(): readonly string[] {
    return this.resources.map(({ id }) => String(id));
  }

  /** The media type without its parameters. */
  get mediaType(): string {
    return (this.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  }
}

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return (typeof value === 'object' && value !== null ? value : {}) as Json;
  } catch {
    return {} as Json;
  }
}
