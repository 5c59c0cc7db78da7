export type CourseErrorCode =
  | 'MAPPING_UNKNOWN'
  | 'MAPPING_INVALID'
  | 'MAPPING_EXISTS'
  | 'ORDER_INVALID'
  | 'SIGNATURE_INVALID'
  | 'LINE_UNKNOWN';

/** Says what was found and what to do. */
export class CourseError extends Error {
  readonly code: CourseErrorCode;
  /** For `MAPPING_INVALID` and `MAPPING_EXISTS`: the field of the form. */
  readonly field: 'subject' | 'course' | 'kind' | undefined;

  constructor(code: CourseErrorCode, message: string, field?: CourseError['field']) {
    super(message);
    this.name = 'CourseError';
    this.code = code;
    this.field = field;
  }
}
