import type { CustomerAttribute } from '../../customer/index.ts';
import { type AttributeDeclaration, defineSchema, type Schema } from '../../scim/index.ts';
import type { CustomKind } from './kind.ts';

/** The extension under which the store's own customer attributes stand. */
export const customerUserUrn = 'urn:vestibule:scim:schemas:extension:customer:2.0:User';

/** An attribute that is offered, and how it crosses. */
export interface Offered {
  readonly attribute: CustomerAttribute;
  readonly kind: CustomKind;
}

const types: Readonly<Record<CustomKind, NonNullable<AttributeDeclaration['type']>>> = {
  text: 'string',
  integer: 'integer',
  decimal: 'decimal',
  boolean: 'boolean',
  day: 'dateTime',
  time: 'dateTime',
  choice: 'string',
  choices: 'string',
};

const remarks: Partial<Record<CustomKind, string>> = {
  day: ' Only the day is kept.',
  choice: ' One of the labels that the store has for it.',
  choices: ' Any of the labels that the store has for it.',
};

/** What the store says of its attributes, as a SCIM schema. Nothing is required: the store's forms ask, this door doesn't. */
export const customerSchema = (offered: readonly Offered[]): Schema =>
  defineSchema({
    id: customerUserUrn,
    name: 'Customer',
    description: "The store's own customer attributes",
    attributes: offered.map(({ attribute: { code, label, options }, kind }) => ({
      name: code,
      type: types[kind],
      multiValued: kind === 'choices',
      description: `${label}.${remarks[kind] ?? ''}`,
      ...(options.length > 0 && (kind === 'choice' || kind === 'choices')
        ? { canonicalValues: options.map((option) => option.label) }
        : {}),
    })),
  });
