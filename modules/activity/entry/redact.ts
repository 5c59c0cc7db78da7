/** Stands where a secret stood. */
export const redacted = '[redacted]';

const secretName =
  /passw|passphrase|pwd\b|secret|token|credential|authori[sz]ation|cookie|api[-_ ]?key|private[-_ ]?key|crypt[-_ ]?key|_hash$|hash$|\botp|totp|\bpin$/i;
const bearer = /\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi;
/** The shortest text in which such a credential fits. */
const shortestBearer = 'basic 123456'.length;

/** Attributes are the same few in every request: asked once each. What clients make up is not remembered without end. */
const judged = new Map<string, boolean>();
const mostJudged = 2_000;

/** True for a name (or path) of an attribute that holds a password, a token or another secret. */
export function isSecret(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const secret = secretName.test(name);
  if (judged.size < mostJudged && name.length <= 100) judged.set(name, secret);
  return secret;
}

const longestText = 1_000;
const deepest = 32;
/** A payload of a request is at most 1 MiB; of what has more members than this nothing useful would be left. */
const mostMembers = 2_000;

/** How an element of a list names the attribute that its `value` belongs to, as PATCH operations do. */
const namesAnother = ['path', 'attribute', 'name', 'key', 'type'] as const;

/** The verb of a PATCH operation (RFC 7644 §3.5.2), in any case. */
const isVerb = (value: unknown): boolean => typeof value === 'string' && /^(add|replace|remove)$/i.test(value);

const withoutBearer = (text: string): string =>
  text.length >= shortestBearer ? text.replace(bearer, `$1 ${redacted}`) : text;

/** A text as it may be kept: cut, without credentials of an HTTP header. */
export function shownText(text: string, longest = longestText): string {
  const shown = withoutBearer(text.length > longest ? `${text.slice(0, longest)}…` : text);
  return shown.includes('\0') ? shown.replaceAll('\0', '\ufffd') : shown;
}

/**
 * A copy of a JSON value without secrets: values of members with a telling name, values of operations on an attribute
 * with such a name, credentials in texts. Long texts are cut; what is too deep or too much is left out.
 */
export function redact(value: unknown, members = mostMembers): unknown {
  let left = members;
  const walk = (given: unknown, depth: number): unknown => {
    if (typeof given === 'string') return shownText(given);
    if (given === null || typeof given !== 'object') return typeof given === 'bigint' ? String(given) : given;
    if (depth >= deepest || left <= 0) return '…';
    if (Array.isArray(given)) {
      const kept = given.slice(0, Math.max(0, left));
      left -= kept.length;
      return kept.map((element) => walk(element, depth + 1));
    }
    const speaksOfSecret = namesAnother.some((member) => {
      const name = (given as Record<string, unknown>)[member];
      return typeof name === 'string' && isSecret(name);
    });
    const copy: [string, unknown][] = [];
    for (const name in given) {
      if (!Object.hasOwn(given, name)) continue;
      if (left-- <= 0) break;
      const member = (given as Record<string, unknown>)[name];
      const plain = (namesAnother as readonly string[]).includes(name) || (name === 'op' && isVerb(member));
      const hidden = isSecret(name) || (speaksOfSecret && !plain);
      copy.push([shownText(name, 200), hidden && member !== null ? redacted : walk(member, depth + 1)]);
    }
    return Object.fromEntries(copy);
  };
  return walk(value, 0);
}
