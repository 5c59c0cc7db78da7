/** What can be wrong with a set of modules. */
export type ProblemCode =
  | 'MODULE_NAME'
  | 'MODULE_DUPLICATE'
  | 'MODULE_MISSING'
  | 'MODULE_CYCLE'
  | 'MODULE_LOAD'
  | 'HOST_RANGE'
  | 'TOKEN_DUPLICATE'
  | 'PROVIDER_DUPLICATE'
  | 'SERVICE_UNPROVIDED'
  | 'SERVICE_CYCLE'
  | 'SEQUENCE_INCOMPLETE'
  | 'ID_DUPLICATE'
  | 'ACL_NAME'
  | 'ACL_UNDECLARED'
  | 'ROUTE_PATH'
  | 'CONFIG_PATH'
  | 'CONFIG_OVERRIDE'
  | 'METHOD_UNKNOWN'
  | 'MIGRATION_FAILED'
  | 'FACTORY_FAILED';

/** One fault: who is at fault, what was found, and what to do about it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly module: string;
  readonly message: string;
  readonly cure: string;
  /** What a factory threw. */
  readonly cause?: unknown;
}

/** The host cannot start. Carries every fault that was found, so that they are mended in one go. */
export class BootError extends Error {
  override readonly name = 'BootError';
  readonly code = 'BOOT_FAILED';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(reportOf(problems), { cause: problems.find((problem) => problem.cause)?.cause });
    this.problems = problems;
  }
}

function reportOf(problems: readonly Problem[]): string {
  const lines = problems.map(({ code, module, message, cure }) =>
    [`${module}: ${message}`, cure, `[${code}]`].filter(Boolean).join(' '),
  );
  return lines.length === 1
    ? `Cannot start: ${lines[0]}`
    : `Cannot start, ${lines.length} problems:\n${lines.map((line) => `  - ${line}`).join('\n')}`;
}
