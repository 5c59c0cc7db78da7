import {
  action,
  Button,
  Card,
  Form,
  FormButtons,
  page,
  redirect,
  type Screen,
  screen,
  TaskPanel,
  TextAreaField,
  type Visit,
} from '../../../admin/index.ts';
import type { Resolved, Route } from '../../../framework/index.ts';
import { readAnchor } from '../../cli/anchor.ts';
import { ActivityVerifier } from '../../seal/verification.ts';
import { VerificationResult } from './result.tsx';
import { beginVerification, lastVerification, verificationTasks } from './task.ts';

/** Where the record is verified. */
export const verificationPath = '/admin/reports/verification';

const acl = 'activity::verify';
const mostHeads = 100;
const inject = { verifier: ActivityVerifier, ...verificationTasks };

async function verificationScreen(visit: Visit, parts: Resolved<typeof inject>, problem?: string): Promise<Screen> {
  const last = await lastVerification(parts, visit.database);
  return screen({
    title: 'Verify the Record',
    lead: 'Every seal and every record under it is read, to see that nobody changed, removed or inserted one.',
    status: problem === undefined ? 200 : 422,
    body: (
      <div class="stack">
        {last && (
          <Card title="Last verification">
            <TaskPanel task={last.task} what="seals">
              {last.found && <VerificationResult found={last.found} />}
            </TaskPanel>
          </Card>
        )}
        <Card title={last ? 'Verify once more' : 'Nothing was verified here yet'}>
          <Form action={verificationPath} class="wide-form">
            <TextAreaField
              name="heads"
              label="Heads that were noted elsewhere"
              rows={3}
              code
              value={visit.form.get('heads') ?? undefined}
              error={problem}
              help="Optional, one a line: what an earlier verification showed, or a server logged. Each must be there unchanged."
            />
            <FormButtons>
              <Button look="primary" icon="shield">
                Verify Now
              </Button>
            </FormButtons>
          </Form>
          <p class="muted">
            It changes nothing, goes on when you leave this page, and takes about half a minute for a million records.
          </p>
        </Card>
      </div>
    ),
  });
}

const verificationPage = page(verificationPath, {
  acl,
  menu: { label: 'Verify the Record', under: 'Reports', sortOrder: 48, icon: 'shield' },
  inject,
  view: (visit, parts) => verificationScreen(visit, parts),
});

const verifyNow = action(verificationPath, {
  acl,
  inject,
  async perform(visit, parts) {
    const lines = (visit.form.get('heads') ?? '').split(/\s+/).filter((line) => line !== '');
    const heads = lines.map(readAnchor).filter((head) => head !== undefined);
    if (heads.length < lines.length)
      return verificationScreen(
        visit,
        parts,
        'A head reads <seal>:<key>:<digest>, such as 7:0:5f…; one of these lines does not.',
      );
    if (heads.length > mostHeads) return verificationScreen(visit, parts, `Give ${mostHeads} heads at most.`);
    const began = await beginVerification(parts, visit.signedIn?.user ?? 'administration', parts.verifier, heads);
    return redirect(verificationPath, began ? {} : { problem: 'Somebody is verifying already: see how far it is.' });
  },
});

/** Reports → Verify the Record. */
export const verificationRoutes: readonly Route[] = [verificationPage, verifyNow];
