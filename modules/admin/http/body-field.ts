import type { Request } from 'express';

/** A field of the form or the JSON that came; empty where it is missing or no text. */
export function fieldOf(request: Request, name: string): string {
  const body: unknown = request.body;
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
}
