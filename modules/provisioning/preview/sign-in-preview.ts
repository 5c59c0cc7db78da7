import type { CourseStep } from '../../scim/index.ts';
import type { SignedIn } from '../sign-in/sign-ins.ts';
import type { Issue } from './issue.ts';
import type { Difference, PresentCustomer } from './preview.ts';

/** What a sign-in would come to. */
export interface SignInPreview {
  /** Whom the identity provider has vouched for, in its words. */
  readonly identifier: string;
  /** The HTTP status that would be recorded: 200, or why the person does not come in. */
  readonly status: number;
  /** Missing where the person would not come in. */
  readonly outcome?: SignedIn['outcome'];
  /** The customer's row as it is; null where there is none yet. */
  readonly present: PresentCustomer | null;
  readonly difference: readonly Difference[];
  readonly issues: readonly Issue[];
  readonly trace: readonly CourseStep[];
}
