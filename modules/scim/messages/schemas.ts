import { depart } from '../deviation/depart.ts';
import type { Reading } from '../mode.ts';
import { member } from './member.ts';

/** A message says in `schemas` what it is (RFC 7644 §3.1). `compat` tells that from the endpoint, and notes it. */
export function checkSchemas(message: Readonly<Record<string, unknown>>, uri: string, how: Reading): void {
  const given = member(message, 'schemas');
  const uris = Array.isArray(given) ? given : [given];
  if (uris.some((one) => typeof one === 'string' && one.toLowerCase() === uri.toLowerCase())) return;
  depart('schemas-missing', uri.slice(uri.lastIndexOf(':') + 1), how, `"schemas" must be ["${uri}"].`);
}
