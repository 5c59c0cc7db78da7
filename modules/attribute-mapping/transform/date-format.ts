import { TransformError } from './transform.ts';

const tokens: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})(?:[.,]\\d+)?',
  ZZ: '(?<zone>Z|[+-]\\d{2}:?\\d{2})',
};
const token = /YYYY|MM|DD|HH|mm|ss|ZZ/g;

/** Counters of moments, each with what one unit is in milliseconds and where it begins. */
const counters: Readonly<Record<string, { read(count: number): number; print(milliseconds: number): number }>> = {
  unix: { read: (count) => count * 1000, print: (milliseconds) => milliseconds / 1000 },
  'unix-ms': { read: (count) => count, print: (milliseconds) => milliseconds },
  // Tenths of a microsecond since 1601.
  filetime: {
    read: (count) => Math.floor(count / 10_000) - 11_644_473_600_000,
    print: (milliseconds) => (milliseconds + 11_644_473_600_000) * 10_000,
  },
};

const isoDay =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?\s*(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/i;

/** `YYYY-MM-DDTHH:MM:SSZ` of a moment that years of four digits can say. */
function print(milliseconds: number): string | undefined {
  if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > 8.64e15) return undefined;
  const text = new Date(milliseconds).toISOString();
  return /^\d{4}-/.test(text) ? `${text.slice(0, 19)}Z` : undefined;
}

type Parts = Partial<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'zone', string>>;

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** The moment that the parts mean; undefined where there is no such day or hour. Without a zone they are in UTC. */
function momentOf({ year, month, day, hour = '0', minute = '0', second = '0', zone }: Parts): string | undefined {
  const [y, m, d, h, i, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const moment = new Date(0);
  moment.setUTCFullYear(y, m - 1, d);
  moment.setUTCHours(h, i, s);
  const same = moment.getUTCFullYear() === y && moment.getUTCMonth() === m - 1 && moment.getUTCDate() === d;
  if (!same || h > 23 || i > 59 || s > 59) return undefined;
  return print(moment.getTime() - offsetOf(zone));
}

/** One way in which days and times are written. */
export class DateFormat {
  readonly text: string;
  private readonly pattern: RegExp | undefined;

  /** @throws TransformError `options` where the text names no year, month and day */
  constructor(text: string) {
    this.text = text;
    if (text === 'iso' || text in counters) return;
    const used: readonly string[] = text.match(token) ?? [];
    if (!['YYYY', 'MM', 'DD'].every((part) => used.includes(part)) || new Set(used).size < used.length)
      throw new TransformError(
        'options',
        `The date format "${text}" needs YYYY, MM and DD, and each part once; an example is "DD.MM.YYYY".`,
      );
    // Digits beside digits, as in 19901224, leave no room for parts of one digit.
    const strict = /(?:YYYY|MM|DD|HH)(?:YYYY|MM|DD|HH|mm)/.test(text);
    const source = text
      .split(/(YYYY|MM|DD|HH|mm|ss|ZZ)/)
      .map((part) => tokens[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('');
    this.pattern = new RegExp(`^${strict ? source.replaceAll('\\d{1,2}', '\\d{2}') : source}$`);
  }

  /**
   * The moment as `YYYY-MM-DDTHH:MM:SSZ`, or the day as it was written, whatever its time zone. Undefined where the text is
   * written in another way or there is no such day.
   */
  read(text: string, to: 'day' | 'time'): string | undefined {
    const counter = counters[this.text];
    const parts = counter ? undefined : this.parts(text);
    let moment: string | undefined;
    if (counter) moment = /^-?\d{1,20}$/.test(text) ? print(counter.read(Number(text))) : undefined;
    else if (parts) moment = momentOf(to === 'day' ? { ...parts, zone: 'Z' } : parts);
    return to === 'day' ? moment?.slice(0, 10) : moment;
  }

  /** A day or moment of ISO 8601 in this format. */
  print(iso: string): string | undefined {
    if (this.text === 'iso') return iso;
    const moment = new DateFormat('iso').read(iso, 'time');
    if (moment === undefined) return undefined;
    const counter = counters[this.text];
    if (counter) return String(counter.print(Date.parse(moment)));
    const parts: Readonly<Record<string, string>> = {
      YYYY: moment.slice(0, 4),
      MM: moment.slice(5, 7),
      DD: moment.slice(8, 10),
      HH: moment.slice(11, 13),
      mm: moment.slice(14, 16),
      ss: moment.slice(17, 19),
      ZZ: 'Z',
    };
    return this.text.replace(token, (part) => parts[part] ?? part);
  }

  private parts(text: string): Parts | undefined {
    return (this.pattern ?? isoDay).exec(text)?.groups;
  }
}
