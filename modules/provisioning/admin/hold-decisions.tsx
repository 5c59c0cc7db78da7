import { action, confirmation, counted, page, redirect, TextField } from '../../admin/index.ts';
import type { Route } from '../../framework/index.ts';
import { GuardError } from '../guard/error.ts';
import { GuardHolds, type ShownHold } from '../guard/holds.ts';
import { askedHold, type HoldVerb } from './held-change.tsx';

type Verb = HoldVerb;

const words: Readonly<
  Record<Verb, { title: (id: number) => string; confirm: string; done: string; text: (hold: ShownHold) => string }>
> = {
  approve: {
    title: (id) => `Carry out what hold ${id} holds?`,
    confirm: 'Approve',
    done: 'Approved: the held requests are being carried out.',
    text: ({ waiting, customers }) =>
      `${counted(waiting, 'request')} about ${counted(customers, 'customer')} ${waiting === 1 ? 'is' : 'are'} carried out as if sent now: customers are deactivated, deleted or taken out of groups. A restore can bring most of it back.`,
  },
  deny: {
    title: (id) => `Refuse what hold ${id} holds?`,
    confirm: 'Deny',
    done: 'Denied: the customers keep what they have.',
    text: () =>
      'The customers keep what they have, and the same requests are refused with 403 for seven days. Correct the identity provider meanwhile.',
  },
  lift: {
    title: (id) => `End the denial of hold ${id}?`,
    confirm: 'Lift Denial',
    done: 'The denial is lifted.',
    text: ({ denied }) =>
      `What the identity provider sends of ${denied === 1 ? 'this customer' : `these ${denied} customers`} from now on is judged anew: within the limit it passes, a wave is held again. What was held before is not carried out.`,
  },
  restore: {
    title: (id) => `Bring back whom hold ${id} cost something?`,
    confirm: 'Restore Customers',
    done: 'The customers are being brought back.',
    text: ({ passed, restored }) =>
      `${passed - restored} customers get back their right to log in and their groups; deleted users return under their old ids where a row is left. Sessions and tokens stay ended.`,
  },
};

const pathOf = (verb: Verb) => `/admin/held-changes/:id/${verb}` as const;

const confirmPage = (verb: Verb) =>
  page(pathOf(verb), {
    acl: 'provisioning::guard-decide',
    inject: { holds: GuardHolds },
    async view(visit, { holds }) {
      const hold = await askedHold(visit, holds, 1);
      const { title, confirm, text } = words[verb];
      return confirmation({
        title: title(hold.id),
        confirm,
        action: `/admin/held-changes/${hold.id}/${verb}`,
        back: `/admin/held-changes/${hold.id}`,
        children: (
          <>
            <p>{text(hold)}</p>
            <TextField name="comment" label="Comment" help="Why, for the record." />
          </>
        ),
      });
    },
  });

const decide = (verb: Verb) =>
  action(pathOf(verb), {
    acl: 'provisioning::guard-decide',
    fresh: true,
    inject: { holds: GuardHolds },
    async perform(visit, { holds }) {
      const { id } = await askedHold(visit, holds, 1);
      const comment = visit.form.get('comment')?.trim() || undefined;
      try {
        await holds[verb](id, { actor: visit.signedIn?.user ?? 'administration', comment });
        return redirect(`/admin/held-changes/${id}`, { done: words[verb].done });
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
        return redirect(`/admin/held-changes/${id}`, { problem: error.message });
      }
    },
  });

export const holdDecisions: readonly Route[] = (['approve', 'deny', 'lift', 'restore'] as const).flatMap((verb) => [
  confirmPage(verb),
  decide(verb),
]);
