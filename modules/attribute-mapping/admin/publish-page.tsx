import {
  action,
  Button,
  Card,
  CheckField,
  Form,
  FormButtons,
  LinkButton,
  Notice,
  PanelStack,
  page,
  redirect,
  type Screen,
  screen,
  TextField,
  type Visit,
} from '../../admin/index.ts';
import { difference } from '../version/difference.ts';
import { MappingError } from '../version/mapping-error.ts';
import { DifferenceList, differenceWords } from './difference-list.tsx';
import { conflictText } from './draft-change.ts';
import { type MappingPanel, MappingPanels, panelsFor } from './extension-points.ts';
import { IssueList } from './issue-list.tsx';
import { versionName } from './version-words.tsx';
import {
  authorOf,
  type BenchParts,
  backToMapping,
  benchOf,
  benchParts,
  mappingPath,
  refusalOr,
  revisionSeen,
  visited,
} from './workbench.ts';

const path = '/admin/connections/:code/mapping/publish' as const;

/** What will change, in the mapping and in the customers, before it does. */
const publishPage = page(path, {
  acl: 'attribute-mapping::publish',
  inject: { ...benchParts, panels: MappingPanels },
  view: (visit, { panels, ...parts }) => publishScreen(visit, parts, panels, {}),
});

interface Said {
  readonly comment?: string;
  readonly problem?: string;
}

async function publishScreen(
  visit: Visit,
  parts: BenchParts,
  panels: readonly MappingPanel[],
  said: Said,
): Promise<Screen> {
  const connection = await visited(visit, parts);
  const { draft, inEffect, revision } = await benchOf(connection, parts.database, parts.versions);
  const back = backToMapping(connection);
  if (!draft)
    return screen({
      title: 'Publish the Mapping',
      back,
      body: (
        <Notice kind="note">
          There is no draft to publish; it may have been published or discarded meanwhile.{' '}
          <a href={mappingPath(connection, '/versions')}>Versions</a> shows what was published.
        </Notice>
      ),
    });
  const issues = await parts.versions.check(parts.database, draft.document);
  const errors = issues.filter(({ severity }) => severity === 'error');
  const differs = difference(inEffect.document, draft.document);
  const outdated = draft.basedOn !== inEffect.version;
  return screen({
    title: 'Publish the Mapping',
    back,
    status: said.problem === undefined ? 200 : 409,
    body: (
      <div class="stack">
        {said.problem !== undefined && <Notice kind="problem">{said.problem}</Notice>}
        {errors.length > 0 && (
          <Notice kind="problem">
            This draft can't be published yet. Correct {errors.length === 1 ? 'this row' : 'these rows'} first:{' '}
            {[...new Set(errors.map(({ row }) => row ?? 'the document'))].join(', ')}.
          </Notice>
        )}
        <IssueList issues={issues} named />
        <Card title={`Mapping: ${differenceWords(differs)}`}>
          <DifferenceList difference={differs} />
        </Card>
        {await PanelStack(panelsFor(panels, connection), 'publish', visit)}
        <Form action={mappingPath(connection, '/publish')} class="card">
          <div class="card-body">
            <input type="hidden" name="revision" value={String(revision)} />
            <TextField
              name="comment"
              label="Comment"
              value={said.comment}
              help="What was changed and why; shown with the version."
            />
            {outdated && (
              <CheckField
                name="over"
                value={String(inEffect.version)}
                label={`Publish over ${versionName(inEffect.version)}`}
                help={`The draft was begun from ${versionName(draft.basedOn)}. What came meanwhile is undone where the difference above says so.`}
              />
            )}
            <FormButtons>
              <Button look="primary" disabled={errors.length > 0}>
                Publish
              </Button>
              <LinkButton href={back.href}>Cancel</LinkButton>
            </FormButtons>
          </div>
        </Form>
      </div>
    ),
  });
}

const publish = action(path, {
  acl: 'attribute-mapping::publish',
  inject: { ...benchParts, panels: MappingPanels },
  async perform(visit, { panels, ...parts }) {
    const connection = await visited(visit, parts);
    const comment = visit.form.get('comment')?.trim() ?? '';
    const over = visit.form.get('over');
    const change = {
      author: authorOf(visit),
      revision: revisionSeen(visit),
      ...(comment === '' ? {} : { comment }),
      ...(over !== null && /^\d{1,9}$/.test(over) ? { over: Number(over) } : {}),
    };
    const done = await refusalOr(() =>
      parts.database.transaction((tx) => parts.versions.publishDraft(tx, connection, change, parts.clock.now())),
    );
    if (done instanceof MappingError) {
      const problem =
        done.code === 'DRAFT_CHANGED'
          ? 'Nothing was published: somebody else has changed the draft since this page was opened. It is shown as it is now; look at it again.'
          : conflictText(done);
      return publishScreen(visit, parts, panels, { comment, problem });
    }
    return redirect(
      mappingPath(connection),
      done.changed
        ? {
            done: `Version ${done.version} is in effect. Customers follow with their next request.`,
          }
        : { note: 'The draft said what is in effect already: no version was made, and the draft is gone.' },
    );
  },
});

const discard = action('/admin/connections/:code/mapping/discard', {
  acl: 'attribute-mapping::edit',
  inject: benchParts,
  async perform(visit, parts) {
    const connection = await visited(visit, parts);
    const revision = revisionSeen(visit);
    const gone = await refusalOr(() =>
      parts.database.transaction((tx) => parts.versions.discardDraft(tx, connection, { revision })),
    );
    return redirect(
      mappingPath(connection),
      gone instanceof MappingError ? { problem: conflictText(gone) } : { done: 'The draft was discarded.' },
    );
  },
});

export const publishPages = [publishPage, publish, discard];
