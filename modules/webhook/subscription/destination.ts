import { checkDestination, OutgoingError } from '../../framework/index.ts';
import { invalid } from '../webhook-error.ts';

/** Outgoing requests have 2,048 at most; what is filled in needs some of it. */
const longest = 1_900;

/**
 * A destination as it was typed, without the blanks around it: an address that requests may be sent to, as far as can be
 * told without asking for its name. Placeholders stand behind the host, because whoever is told must not depend on what
 * happened.
 * @throws WebhookError `WEBHOOK_INVALID`
 */
export function readDestination(text: string, allowedHosts: readonly string[]): string {
  const destination = text.trim();
  const refuse = (what: string, cause?: unknown) => invalid('destination', what, { cause });
  if (destination === '') throw refuse('The destination is missing; write such as https://idp.example.com/hook.');
  if (destination.length > longest)
    throw refuse(`The destination has ${destination.length} characters; at most ${longest} are kept.`);
  if (/[\s\p{Cc}]/u.test(destination)) throw refuse('The destination holds blanks or line breaks; leave them out.');
  if (/^[^/]*:[/\\]*[^/?#\\]*[{}]/.test(destination))
    throw refuse('Placeholders stand behind the host of a destination, in its path or query.');
  if (destination.includes('#'))
    throw refuse('The destination holds a "#"; what follows it is never sent, leave it out.');
  try {
    checkDestination(destination, allowedHosts);
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    const cure = error.code === 'OUTGOING_ADDRESS' ? ' The field is webhook/security/allowed_hosts.' : '';
    throw refuse(`${error.message}${cure}`, error);
  }
  return destination;
}
