/** One statement of a batch failed: which one, and the driver's error as its cause. Never leaves the database folder. */
export class BatchError extends Error {
  readonly text: string;
  constructor(text: string, cause: unknown) {
    super('a statement of a batch failed', { cause });
    this.name = 'BatchError';
    this.text = text;
  }
}
