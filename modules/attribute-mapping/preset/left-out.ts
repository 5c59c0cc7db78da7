import type { CustomerAttribute } from '../../customer/index.ts';
import { kindOf } from '../custom/kind.ts';
import type { MappingDocument, MappingRow } from '../document/document.ts';
import type { MappingIssue } from '../document/issue.ts';
import { parseTarget } from '../document/target.ts';
import { customAttributes } from './custom-attributes.ts';
import { isPreset } from './presets.ts';

const usual: ReadonlySet<string> = new Set(customAttributes.map(({ code }) => code));

/**
 * Says of a row of a preset why it does not lead anywhere in this store: its attribute was there before, made by the store's
 * people, and takes no free text. A provider's "Engineering" would be refused wherever a select does not know it, though
 * nobody has said that it belongs there. What the provider sends is kept and answered all the same; a document that
 * somebody has published is followed to the letter.
 */
export function leftOutOfPreset(
  document: MappingDocument,
  { id, target }: MappingRow,
  byCode: ReadonlyMap<string, CustomerAttribute> | undefined,
): MappingIssue | undefined {
  if (!isPreset(document)) return undefined;
  const parsed = parseTarget(target);
  if (parsed?.kind !== 'attribute' || !usual.has(parsed.code)) return undefined;
  const attribute = byCode?.get(parsed.code);
  if (attribute === undefined || kindOf(attribute) === 'text') return undefined;
  return {
    row: id,
    field: 'target',
    code: 'value-unfit',
    message: `The store's own attribute "${parsed.code}" is a ${attribute.input} (${attribute.backendType}), so the preset leaves it alone.`,
    cure: 'Publish a mapping of your own that leads there, with a lookup where its choices differ, or to another attribute.',
    severity: 'warning',
  };
}
