/** The rules of a text that must not be empty and must fit its column. */
export const NAME_RULES = '{"max_text_length":255,"min_text_length":1}';

/** One attribute a fresh store has. It is a column of its entity's table (`static`); absent flags are 0. */
export interface StockAttribute {
  readonly id: number;
  readonly code: string;
  readonly label?: string;
  readonly input: string;
  readonly required?: true;
  readonly visible?: true;
  readonly system?: true;
  readonly sortOrder?: number;
  /** Place in the attribute set; absent where Magento appends at the end. */
  readonly setOrder?: number;
  /** Lines of a multi-line text. */
  readonly lines?: number;
  readonly filter?: string;
  /** Validation rules, as the JSON text that is stored. */
  readonly rules?: string;
  readonly backend?: string;
  readonly frontend?: string;
  readonly source?: string;
  readonly dataModel?: string;
  /** Present when the grid has it. */
  readonly grid?: readonly ('visible' | 'filterable' | 'searchable')[];
  readonly forms?: readonly string[];
}
