export { areas, areasNamed } from './checks/index.ts';
export type { Area, Check, Level } from './suite/check.ts';
export { conformant, countByLevel, resultText } from './suite/report.ts';
export { type RunOptions, runSuite, type SuiteResult, type Verdict } from './suite/run.ts';
