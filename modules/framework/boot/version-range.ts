type Version = readonly [number, number, number];

/**
 * True when `version` (`major.minor.patch`) lies in `range`: `^1`, `^1.2`, `~1.2`, `1.x`, `1.2.3`, `>=1.0 <2`, `*`, and
 * alternatives joined by `||`, meaning what npm means by them. Pre-release tags are not understood.
 *
 * @returns undefined when the range cannot be read
 */
export function inRange(version: string, range: string): boolean | undefined {
  const wanted = parse(version);
  if (!wanted || wanted.given < 3) return undefined;
  let found = false;
  for (const alternative of range.split('||')) {
    const comparators = alternative
      .replace(/([<>=^~])\s+/g, '$1')
      .trim()
      .split(/\s+/);
    const verdicts = comparators.map((comparator) => compares(wanted.version, comparator));
    if (verdicts.includes(undefined)) return undefined;
    found ||= verdicts.every(Boolean);
  }
  return found;
}

function compares(version: Version, comparator: string): boolean | undefined {
  const [, operator = '', text = ''] = /^(\^|~|>=|<=|>|<|=)?(.*)$/.exec(comparator) ?? [];
  const bound = parse(text);
  if (!bound) return undefined;
  const low = bound.version;
  const high = next(
    low,
    operator === '^' ? caretPart(low, bound.given) : operator === '~' ? Math.min(bound.given, 2) : bound.given,
  );
  switch (operator) {
    case '>=':
      return order(version, low) >= 0;
    case '<':
      return order(version, low) < 0;
    case '>':
      return high !== undefined && order(version, high) >= 0;
    case '<=':
      return high === undefined || order(version, high) < 0;
    default:
      return order(version, low) >= 0 && (high === undefined || order(version, high) < 0);
  }
}

/** How many leading parts `^` keeps: up to the first that is not zero. */
function caretPart(version: Version, given: number): number {
  if (given === 0) return 0;
  const first = version.findIndex((part) => part !== 0);
  return first < 0 ? given : Math.min(first + 1, given);
}

/** The first version past those that share the leading `parts` parts; undefined when all do. */
function next([major, minor, patch]: Version, parts: number): Version | undefined {
  if (parts === 0) return undefined;
  if (parts === 1) return [major + 1, 0, 0];
  return parts === 2 ? [major, minor + 1, 0] : [major, minor, patch + 1];
}

function parse(text: string): { version: Version; given: number } | undefined {
  if (text === '' || /^[*x]$/i.test(text)) return { version: [0, 0, 0], given: 0 };
  const match = /^v?(\d{1,9})(?:\.(\d{1,9}|[*x]))?(?:\.(\d{1,9}|[*x]))?$/i.exec(text);
  if (!match) return undefined;
  const parts: number[] = [];
  for (const part of match.slice(1)) {
    if (part === undefined || !/^\d/.test(part)) break;
    parts.push(Number(part));
  }
  return { version: [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0], given: parts.length };
}

const order = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
