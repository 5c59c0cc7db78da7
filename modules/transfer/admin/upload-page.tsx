import {
  action,
  Button,
  Card,
  CodeBlock,
  download,
  Figures,
  Form,
  FormButtons,
  LinkButton,
  Notice,
  page,
  redirect,
  screen,
  TaskPanel,
  type Visit,
} from '../../admin/index.ts';
import { type Executor, HttpError, type Resolved } from '../../framework/index.ts';
import { faultText } from '../import/plan-text.ts';
import { importPath } from './import-page.tsx';
import { pageServices, tasksOf } from './services.ts';
import { type Outcome, outcomeOf, type Upload, uploadById } from './uploads.ts';
import { importTask, importUpload } from './work.ts';

type Parts = Resolved<typeof pageServices>;
const path = '/admin/customer-import/:id' as const;
const access = { acl: 'transfer::import', inject: pageServices } as const;

async function visited(visit: Visit, db: Executor): Promise<Upload> {
  const id = /^\d{1,9}$/.test(visit.params.id ?? '') ? Number(visit.params.id) : 0;
  const upload = await uploadById(db, id);
  if (upload) return upload;
  throw new HttpError(404, 'UPLOAD_UNKNOWN', 'There is no such file, or it is older than a day. Import it again.');
}

/** What a file would change, or has changed. */
const uploadPage = page(path, {
  ...access,
  async view(visit, parts) {
    const { id } = await visited(visit, visit.database);
    const task = await tasksOf(parts).latest(visit.database, importTask(id));
    const outcome = task?.state === 'running' ? undefined : await outcomeOf(visit.database, parts.encryptor, id);
    return screen({
      title: `Upload ${id}`,
      back: { href: importPath, label: 'Import & Export' },
      body: (
        <div class="stack">
          {task && (
            <TaskPanel task={task} what="bytes">
              {outcome && <OutcomeCard id={id} outcome={outcome} />}
            </TaskPanel>
          )}
          {(task?.state === 'stopped' || task?.state === 'failed') && (
            <Form action={`${importPath}/${id}`}>
              <FormButtons>
                <Button look="primary">{outcome ? 'Go on with the Import' : 'Show again what would change'}</Button>
              </FormButtons>
            </Form>
          )}
        </div>
      ),
    });
  },
});

function OutcomeCard({ id, outcome }: { readonly id: number; readonly outcome: Outcome }) {
  const { kind, counts, changes, cut, faults, errors } = outcome;
  const rehearsed = kind === 'dry-run';
  const writes = counts.created + counts.updated > 0;
  return (
    <div class="stack">
      <Notice kind={rehearsed ? 'note' : 'done'}>
        {rehearsed ? 'Nothing was written yet: this is what an import would do.' : 'The file was imported.'}
      </Notice>
      <Figures
        items={Object.entries(counts).map(([what, count]) => ({
          label: what === 'records' ? 'customers in the file' : what,
          value: count.toLocaleString('en'),
        }))}
      />
      {faults.length > 0 && (
        <Card title={rehearsed ? 'Rows that would fail' : 'Rows that failed'}>
          <ul>
            {faults.map((fault) => (
              <li key={faultText(fault)}>{faultText(fault)}</li>
            ))}
          </ul>
          {errors !== '' && (
            <p class="form-buttons">
              <LinkButton href={`${importPath}/${id}/csv`}>Download these rows</LinkButton>
            </p>
          )}
        </Card>
      )}
      {changes !== '' && (
        <Card title="Changes">
          <CodeBlock label="Changes">
            {cut ? `${changes}… and more; customer:import --dry-run shows all of them.` : changes}
          </CodeBlock>
        </Card>
      )}
      {rehearsed && writes && (
        <Form action={`${importPath}/${id}`}>
          <FormButtons>
            <Button look="primary">Import</Button>
          </FormButtons>
        </Form>
      )}
    </div>
  );
}

const carryOut = action(path, {
  ...access,
  async perform(visit, parts: Parts) {
    const upload = await visited(visit, parts.database);
    const by = visit.signedIn?.user ?? 'administration';
    // Nothing is written that was not shown before.
    const kind = (await outcomeOf(parts.database, parts.encryptor, upload.id)) ? 'import' : 'dry-run';
    const began = await tasksOf(parts).start(importTask(upload.id), by, (progress) =>
      importUpload(parts, { ...upload, by }, kind, progress),
    );
    return redirect(`${importPath}/${upload.id}`, began ? {} : { note: 'It is under way already.' });
  },
});

/** The rows that failed: correct them, and import that file. */
const errorsFile = page('/admin/customer-import/:id/csv', {
  ...access,
  async view(visit, { encryptor }) {
    const { id } = await visited(visit, visit.database);
    const outcome = await outcomeOf(visit.database, encryptor, id);
    const errors = outcome?.errors ?? '';
    return errors.startsWith('{')
      ? download(`errors-${id}.jsonl`, 'application/jsonl; charset=utf-8', errors)
      : download(`errors-${id}.csv`, 'text/csv; charset=utf-8', errors);
  },
});

export const uploadPages = [uploadPage, carryOut, errorsFile];
