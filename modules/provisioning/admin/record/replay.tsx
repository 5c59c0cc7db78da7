import {
  action,
  confirmation,
  DefinitionList,
  LinkButton,
  Notice,
  type Panel,
  Panels,
  page,
  redirect,
  screen,
} from '../../../admin/index.ts';
import { contribute, HttpError } from '../../../framework/index.ts';
import { ReceivedPayloads } from '../../preview/received-payloads.ts';
import { isSignIn, ReplayError, Replays } from '../../replay/replay.ts';
import { GroupPreviewCards } from './group-preview.tsx';
import { PreviewCards } from './preview.tsx';
import { SignInPreviewCards } from './sign-in-preview.tsx';

const hrefOf = (id: string | number): string => `/admin/reports/provisioning/${id}`;

/** The number in an address. @throws HttpError 404 */
function numberOf(text: string | undefined): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  throw new HttpError(404, 'RECORD_UNKNOWN', 'There is no such record.');
}

/** A record's page offers its request once more, where it was kept. */
export const replayPanel = contribute(
  Panels,
  { payloads: ReceivedPayloads },
  ({ payloads }): Panel => ({
    subject: 'record',
    title: 'Replay',
    acl: 'provisioning::preview',
    sortOrder: 50,
    async view(visit) {
      const id = numberOf(visit.params.id);
      const request = await payloads.ofRecord(id);
      if (request === undefined || request === 'not kept') return undefined;
      return (
        <>
          <p>
            The request once more, against the store as it is today. A dry replay writes nothing and shows what would
            change.
          </p>
          {request.cut && <p class="muted">The request was too long to be kept whole; it can't be replayed.</p>}
          {!request.cut && (
            <div class="button-row">
              <LinkButton href={`${hrefOf(id)}/replay`} look="primary">
                Dry Replay
              </LinkButton>
              {!isSignIn(request) && visit.may('provisioning::replay') && (
                <LinkButton href={`${hrefOf(id)}/replay/live`}>Live Replay …</LinkButton>
              )}
            </div>
          )}
        </>
      );
    },
  }),
);

/** What the request would do now. */
const dryPage = page('/admin/reports/provisioning/:id/replay', {
  acl: 'provisioning::preview',
  inject: { replays: Replays },
  async view(visit, { replays }) {
    const id = numberOf(visit.params.id);
    const back = { href: hrefOf(id), label: `Record ${id}` };
    try {
      const tried = await replays.dry(id);
      const { request } = tried;
      return screen({
        title: 'Dry Replay',
        lead: isSignIn(request)
          ? 'What this sign-in would do now. Nobody was signed in, and nothing was written.'
          : `What ${request.method} ${request.path} would do now. Nothing was written.`,
        back,
        actions: !isSignIn(request) && visit.may('provisioning::replay') && (
          <LinkButton href={`${hrefOf(id)}/replay/live`}>Live Replay …</LinkButton>
        ),
        body: (
          <>
            {request.left.length > 0 && (
              <Notice kind="note">Left out, because secrets are not kept: {request.left.join(', ')}.</Notice>
            )}
            {tried.resource === 'user' && <PreviewCards preview={tried.preview} />}
            {tried.resource === 'group' && <GroupPreviewCards preview={tried.preview} />}
            {tried.resource === 'sign-in' && <SignInPreviewCards preview={tried.preview} />}
          </>
        ),
      });
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error;
      if (error.code === 'RECORD_UNKNOWN') throw new HttpError(404, error.code, error.message);
      return screen({ title: 'Dry Replay', back, status: 409, body: <Notice kind="problem">{error.message}</Notice> });
    }
  },
});

/** Asks before a request is carried out once more. */
const askPage = page('/admin/reports/provisioning/:id/replay/live', {
  acl: 'provisioning::replay',
  inject: { payloads: ReceivedPayloads },
  async view(visit, { payloads }) {
    const id = numberOf(visit.params.id);
    const request = await payloads.ofRecord(id);
    if (request === undefined || request === 'not kept' || isSignIn(request))
      throw new HttpError(404, 'RECORD_UNKNOWN', 'There is no such record, or its request was not kept.');
    return confirmation({
      title: `Carry ${request.method} ${request.path} out once more?`,
      action: `${hrefOf(id)}/replay/live`,
      confirm: 'Replay it now',
      back: hrefOf(id),
      children: (
        <>
          <p>
            It is done for real, by the policies and the mapping of today, and recorded under your name. A POST of
            somebody who is there already is refused.
          </p>
          <DefinitionList
            items={[
              ['Enduser', request.subject ?? ''],
              ['First received', `${request.at} UTC`],
              ['Left out', request.left.length > 0 ? request.left.join(', ') : undefined],
            ]}
          />
        </>
      ),
    });
  },
});

const doIt = action('/admin/reports/provisioning/:id/replay/live', {
  acl: 'provisioning::replay',
  fresh: true,
  inject: { replays: Replays },
  async perform(visit, { replays }) {
    const id = numberOf(visit.params.id);
    try {
      const { request, status, answer, requestId } = await replays.live(id, visit.signedIn?.user ?? 'administration');
      const { detail } = (answer ?? {}) as { detail?: unknown };
      const said = `${request.method} ${request.path} was answered ${status}${typeof detail === 'string' ? `: ${detail}` : ''}.`;
      const to = `/admin/reports/provisioning?request=${encodeURIComponent(requestId)}` as const;
      return redirect(to, status < 400 ? { done: said } : { problem: said });
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error;
      return redirect(`/admin/reports/provisioning/${id}`, { problem: error.message });
    }
  },
});

export const replayPages = [dryPage, askPage, doIt];
