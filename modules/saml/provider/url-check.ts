import { SamlSettingsError } from './settings-error.ts';

const longest = 2_048;

/**
 * Checks an address that browsers are sent to: absolute, https (plain http only where BASE_URL is plain http, too: in
 * development), without a user name and a fragment, and written as browsers write it.
 * @throws SamlSettingsError
 */
export function checkUrl(field: string, text: string, baseUrl: string): void {
  const why = objectionTo(text, baseUrl);
  if (why !== undefined)
    throw new SamlSettingsError(field, `"${text.slice(0, 100)}" can't be used as an address: ${why}.`);
}

function objectionTo(text: string, baseUrl: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return 'it is no absolute URL; write such as https://shop.example/account/';
  const insecure = url.protocol === 'http:' && baseUrl.startsWith('http:');
  if (url.protocol !== 'https:' && !insecure) return 'it has to begin with https://';
  if (text.length > longest) return `it is longer than ${longest} characters`;
  if (url.username !== '' || url.password !== '') return 'it holds a user name or password; leave them out';
  if (text.includes('#')) return 'it has a fragment; leave out what begins with "#"';
  // Addresses are compared as texts later on: what a browser would make of it must be what is written here.
  return url.href === text || url.href === `${text}/` ? undefined : `write it as ${url.href}`;
}
