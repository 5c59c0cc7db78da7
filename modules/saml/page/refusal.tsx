import type { VisitorPage } from '../../store/index.ts';
import type { Refusal } from '../login/refusal.ts';

/** Says why somebody is not signed in, what to do, and under what name the record has it. */
export function refusalPage(given: {
  readonly refusal: Refusal;
  readonly shop: string | undefined;
  /** Where a new sign-in begins, if that may help. */
  readonly again: string | undefined;
  /** Undefined where nothing was recorded. */
  readonly reference: string | undefined;
}): VisitorPage {
  const { refusal, shop, again, reference } = given;
  return {
    title: refusal.title,
    shop,
    body: (
      <>
        <p>{refusal.sentence}</p>
        <p class="cure">{refusal.cure}</p>
        {again !== undefined && (
          <p class="actions">
            <a class="button" href={again}>
              Sign in again
            </a>
          </p>
        )}
        {reference !== undefined && (
          <p class="reference">
            Reference: <code>{reference}</code>
          </p>
        )}
      </>
    ),
  };
}
