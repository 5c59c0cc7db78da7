const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info ',
  40: 'WARN ',
  50: 'ERROR',
  60: 'FATAL',
};

/** One of pino's JSON lines, for a person: `12:00:00 info  sentence  field=value`, an error's stack below it. */
export function readableLine(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const clock = typeof time === 'string' ? time.slice(11, 19) : '';
  const rest = Object.entries(fields).map(([name, value]) => `  ${name}=${format(value)}`);
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n    ${indented(String(err.stack))}` : '';
  return `${clock} ${LEVELS[Number(level)] ?? level} ${oneLine(String(msg ?? ''))}${rest.join('')}${stack}\n`;
}

const format = (value: unknown): string =>
  typeof value === 'string' && /^[\w./:@-]+$/.test(value) ? value : JSON.stringify(value);

/** Foreign text must not be able to start a line of its own, or steer the terminal. */
const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

const indented = (stack: string): string =>
  stack
    .split('\n')
    .map((part) => oneLine(part).trim())
    .join('\n    ');
