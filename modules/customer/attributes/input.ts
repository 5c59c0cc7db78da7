import type { BackendType } from './attribute.ts';

/** Magento's inputs that a custom attribute can have here; files and images are the store's own business. */
export const attributeInputs = ['text', 'textarea', 'select', 'multiselect', 'boolean', 'date'] as const;
export type AttributeInput = (typeof attributeInputs)[number];

/** What Magento's administration writes for an attribute with this input. */
export interface InputRows {
  /** Value tables that can hold it, the usual one first. */
  readonly backendTypes: readonly [BackendType, ...BackendType[]];
  readonly backendModel: string | null;
  readonly frontendModel: string | null;
  readonly sourceModel: string | null;
  readonly inputFilter: string | null;
  readonly validateRules: string | null;
  /** Its choices are rows of `eav_attribute_option`. */
  readonly choices: boolean;
  /** The grid filters and searches by some inputs only (`canBeFilterableInGrid`, `canBeSearchableInGrid`). */
  readonly filterable: boolean;
  readonly searchable: boolean;
}

const eav = 'Magento\\Eav\\Model\\Entity\\Attribute';
const plain = {
  backendModel: null,
  frontendModel: null,
  sourceModel: null,
  inputFilter: null,
  validateRules: null,
  choices: false,
  filterable: true,
  searchable: false,
} as const;

/** The inputs with their rows. */
export const inputRows: Readonly<Record<AttributeInput, InputRows>> = {
  text: { ...plain, backendTypes: ['varchar', 'int', 'decimal', 'text'], searchable: true },
  textarea: { ...plain, backendTypes: ['text', 'varchar'], filterable: false, searchable: true },
  select: { ...plain, backendTypes: ['int', 'varchar'], sourceModel: `${eav}\\Source\\Table`, choices: true },
  multiselect: {
    ...plain,
    backendTypes: ['varchar', 'text'],
    backendModel: `${eav}\\Backend\\ArrayBackend`,
    sourceModel: `${eav}\\Source\\Table`,
    choices: true,
    filterable: false,
  },
  boolean: { ...plain, backendTypes: ['int'], sourceModel: `${eav}\\Source\\Boolean` },
  date: {
    ...plain,
    backendTypes: ['datetime'],
    backendModel: `${eav}\\Backend\\Datetime`,
    frontendModel: `${eav}\\Frontend\\Datetime`,
    inputFilter: 'date',
    validateRules: '{"input_validation":"date"}',
  },
};

/** The input that a value table has unless another is asked for. */
export const usualInput: Readonly<Record<BackendType, AttributeInput>> = {
  varchar: 'text',
  int: 'text',
  decimal: 'text',
  text: 'textarea',
  datetime: 'date',
};

/** Forms of Magento that can show a customer attribute. */
export const attributeForms = [
  'adminhtml_customer',
  'adminhtml_checkout',
  'customer_account_create',
  'customer_account_edit',
] as const;
export type AttributeForm = (typeof attributeForms)[number];
