import type { HookScope } from '../hook-event.ts';
import { invalid } from '../webhook-error.ts';

const longest = 128;
const shape = /^store(?:\/[a-z][a-z0-9-]*)*(?:\/\*)?$/;

/** Words of BigCommerce that are kept free: its guides subscribe to them, and nothing here sends them. */
export const reservedScopes: readonly string[] = ['store/product', 'store/order'];

/** Whether a subscription to `pattern` hears of `scope`: the same words, or everything below the words before `/*`. */
export const scopeCovers = (pattern: string, scope: string): boolean =>
  pattern === scope || (pattern.endsWith('/*') && scope.startsWith(pattern.slice(0, -1)));

/** Every pattern that covers a scope, the widest first: few enough to ask an index for. */
export function patternsOver(scope: string): readonly string[] {
  const words = scope.split('/');
  return [...words.slice(1).map((_, index) => `${words.slice(0, index + 1).join('/')}/*`), scope];
}

const isReserved = (pattern: string): boolean => reservedScopes.some((reserved) => pattern.startsWith(`${reserved}/`));

/** Why nothing may ever be sent to a subscription of this scope; undefined where something is. */
export const reservedWarning = (pattern: string): string | undefined =>
  isReserved(pattern)
    ? `Nothing is sent for "${pattern}" yet: this host tells of customers and provisioning.`
    : undefined;

/**
 * A scope that can be subscribed to, without the blanks around it.
 * @throws WebhookError `WEBHOOK_INVALID`
 */
export function readScope(text: string, known: readonly HookScope[]): string {
  const pattern = text.trim();
  if (pattern.length > longest || !shape.test(pattern))
    throw invalid(
      'scope',
      `"${pattern.slice(0, 80)}" is no scope; write words such as store/customer/created, with * at the end for everything below, as in store/customer/*.`,
    );
  if (isReserved(pattern) || known.some(({ scope }) => scopeCovers(pattern, scope))) return pattern;
  throw invalid(
    'scope',
    `Nothing is ever sent for "${pattern}"; there are ${known.map(({ scope }) => scope).join(', ')}, and * at the end for everything below.`,
  );
}
