import { type ExtensionPoint, extensionPoint } from '../module/token.ts';

/** `error`: something does not work, or is open to others. `warning`: it will, or it is not what an operator wants. */
export type Severity = 'error' | 'warning';

/** Something that is wrong with this installation. Texts are for people and hold neither secrets nor personal data. */
export interface Finding {
  readonly severity: Severity;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** What was found: a sentence. */
  readonly found: string;
  /** What to do about it: a sentence. */
  readonly cure: string;
}

/** One thing that `doctor` looks at. */
export interface Checkup {
  /** `<room>.<subject>`, shown with its findings. */
  readonly name: string;
  /** Changes nothing, and reads little: it is run on a busy store. What it throws is a finding of its own. */
  look(): Promise<readonly Finding[]>;
}

/** What `doctor` looks at; every room may add to it. */
export const Checkups: ExtensionPoint<Checkup> = extensionPoint<Checkup>('framework.Checkups');
