import type { Source } from '../../attribute-mapping/index.ts';
import { parseDateTime } from '../../scim/index.ts';

/** The value as its SCIM attribute has it; undefined for a text that is none. */
export function typed(text: string, { type }: Pick<Source, 'type'>): string | number | boolean | undefined {
  switch (type) {
    case 'boolean':
      return /^(?:true|1|yes)$/i.test(text) ? true : /^(?:false|0|no)$/i.test(text) ? false : undefined;
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'decimal':
      return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined;
    case 'dateTime':
      return parseDateTime(text) === undefined ? undefined : text;
    default:
      return text;
  }
}
