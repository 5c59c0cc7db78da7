/**
 * Milliseconds since 1970 of an xsd:dateTime (RFC 7643 §2.3.5), undefined where the text is none. A missing time zone
 * is read as UTC, a date alone as its midnight in UTC.
 */
export function parseDateTime(text: string): number | undefined {
  if (text.length < 10 || text.length > 40 || !hasShape(text, 0, '0000-00-00')) return undefined;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  // Date.UTC reads years below 100 as 19xx and rolls 31 February over: both come back different.
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (text.length === 10) return midnight;
  if ((text[10] !== 'T' && text[10] !== 't') || !hasShape(text, 11, '00:00:00')) return undefined;
  const hours = Number(text.slice(11, 13));
  const minutes = Number(text.slice(14, 16));
  const seconds = Number(text.slice(17, 19));
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  let end = 19;
  let fraction = 0;
  if (text[end] === '.') {
    const start = end;
    end++;
    while (isDigit(text, end)) end++;
    if (end === start + 1) return undefined;
    fraction = Number(text.slice(start + 1, Math.min(end, start + 4)).padEnd(3, '0'));
  }
  const offset = zoneOffset(text, end);
  return offset === undefined
    ? undefined
    : midnight + ((hours * 60 + minutes - offset) * 60 + seconds) * 1000 + fraction;
}

/** Minutes east of UTC of `Z`, `+hh:mm` or nothing at `start`; undefined where it is something else. */
function zoneOffset(text: string, start: number): number | undefined {
  const rest = text.length - start;
  if (rest === 0) return 0;
  const sign = text[start];
  if (rest === 1) return sign === 'Z' || sign === 'z' ? 0 : undefined;
  if (rest !== 6 || (sign !== '+' && sign !== '-') || !hasShape(text, start + 1, '00:00')) return undefined;
  const hours = Number(text.slice(start + 1, start + 3));
  const minutes = Number(text.slice(start + 4, start + 6));
  if (hours > 14 || minutes > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/** Whether `text` from `start` looks like `shape`, in which 0 stands for any digit. */
function hasShape(text: string, start: number, shape: string): boolean {
  for (let i = 0; i < shape.length; i++) {
    if (shape[i] === '0' ? !isDigit(text, start + i) : text[start + i] !== shape[i]) return false;
  }
  return true;
}

function isDigit(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 48 && unit <= 57;
}

/** "true" or "false" in any case, as Entra and Keycloak send booleans; undefined for everything else. */
export function parseBoolean(text: string): boolean | undefined {
  const lower = text.trim().toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/** A JSON number written as text; undefined for everything else, infinities included. */
export function parseNumber(text: string): number | undefined {
  if (text.length === 0 || text.length > 40 || text !== text.trim()) return undefined;
  for (let i = 0; i < text.length; i++) if (!'0123456789+-.eE'.includes(text.charAt(i))) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
