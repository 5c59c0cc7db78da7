import { invalid } from '../webhook-error.ts';

export const mostHeaders = 20;
const longestName = 128;
const longestValue = 2_048;

/** RFC 9110 §5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** RFC 9110 §5.5, of which only what every server reads alike: visible ASCII, blanks inside. */
const value = /^[!-~](?:[\t -~]*[!-~])?$/;

/** Set by the host or by HTTP itself; of cookies nobody expects any. */
const own: ReadonlySet<string> = new Set([
  'host',
  'content-type',
  'content-length',
  'content-encoding',
  'accept',
  'accept-encoding',
  'user-agent',
  'date',
  'expect',
  'cookie',
  'cookie2',
  'set-cookie',
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const isOwn = (name: string): boolean => own.has(name) || name.startsWith('webhook-');

/**
 * Headers that go with every delivery, blanks around values removed, names as they were typed.
 * @throws WebhookError `WEBHOOK_INVALID`, without the value
 */
export function readHeaders(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(given);
  if (entries.length > mostHeaders)
    throw invalid('headers', `There are ${entries.length} headers; at most ${mostHeaders} are sent.`);
  const seen = new Set<string>();
  return Object.fromEntries(
    entries.map(([typed, text]) => {
      const name = typed.trim();
      const refuse = (what: string) => invalid('headers', what, { header: name });
      const folded = name.toLowerCase();
      if (name.length > longestName || !token.test(name))
        throw refuse(`"${name.slice(0, 60)}" is no name of a header; write such as app-secret.`);
      if (isOwn(folded)) throw refuse(`The header "${name}" is set by the host or by HTTP; choose another name.`);
      if (seen.has(folded))
        throw refuse(`The header "${name}" is there twice; names are alike without regard to case.`);
      seen.add(folded);
      const trimmed = text.trim();
      if (trimmed.length > longestValue)
        throw refuse(`The value of "${name}" has ${trimmed.length} characters; at most ${longestValue} are sent.`);
      if (!value.test(trimmed))
        throw refuse(
          `The value of "${name}" is empty or holds something else than letters, digits and signs of ASCII.`,
        );
      return [name, trimmed] as const;
    }),
  );
}
