import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Environment } from '../environment/environment.ts';

export type MetricsAccess = 'granted' | 'unauthenticated' | 'closed';

/** A reverse proxy on this machine is a neighbour, too; these give it away. */
const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];
const loopback = /^(::ffff:)?127\.|^::1$/;

/**
 * Whoever has the token; without one, this machine itself, but not in production: there a reverse proxy that sends no
 * header about itself would show to everybody how much the store has to do.
 */
export function metricsAccess(
  {
    headers,
    socket,
  }: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } },
  token: string,
  nodeEnv: Environment['nodeEnv'],
): MetricsAccess {
  if (token !== '') {
    const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    return given !== undefined && equal(given, token) ? 'granted' : 'unauthenticated';
  }
  if (nodeEnv === 'production' || forwarded.some((name) => headers[name] !== undefined)) return 'closed';
  return loopback.test(socket.remoteAddress ?? '') ? 'granted' : 'closed';
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const equal = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
