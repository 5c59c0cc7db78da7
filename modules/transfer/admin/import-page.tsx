import {
  action,
  Button,
  Card,
  FileIntoText,
  Form,
  FormButtons,
  Moment,
  page,
  redirect,
  type Screen,
  SelectField,
  screen,
  TextAreaField,
  type Visit,
} from '../../admin/index.ts';
import { type Resolved, sqlTimestamp } from '../../framework/index.ts';
import type { Website } from '../../store/index.ts';
import { ExportCard } from './export-card.tsx';
import { pageServices, tasksOf } from './services.ts';
import { keepUpload, recentUploads, uploadById } from './uploads.ts';
import { importTask, importUpload } from './work.ts';

type Parts = Resolved<typeof pageServices>;
export const importPath = '/admin/customer-import';

const realWebsites = async ({ websites }: Parts): Promise<readonly Website[]> =>
  (await websites.websites()).filter(({ id }) => id !== 0);

/** Customers from a file and into one. */
const importPage = page(importPath, {
  acl: 'transfer::import',
  menu: { label: 'Import & Export', under: 'Customers', sortOrder: 31 },
  inject: pageServices,
  view: (visit, parts) => importScreen(visit, parts),
});

async function importScreen(visit: Visit, parts: Parts, problem?: string): Promise<Screen> {
  const websites = await realWebsites(parts);
  const uploads = await recentUploads(visit.database);
  const { form } = visit;
  return screen({
    title: 'Import & Export',
    status: problem ? 422 : 200,
    body: (
      <div class="stack">
        <Card title="Import Customers">
          <p>
            A CSV (UTF-8) with Magento's columns, or JSON lines: what <em>Export</em> below writes comes back whole.
            Every change is shown before anything is written.
          </p>
          <Form action={importPath} class="wide-form">
            <TextAreaField
              name="content"
              label="Content of the File"
              code
              rows={10}
              required
              value={form.get('content') ?? undefined}
              error={problem}
              help="A row without an e-mail is a further address of the customer above it. An empty cell leaves a value alone, __EMPTY__VALUE__ clears it. A megabyte at most, some thousand customers; the command customer:import takes any number."
            />
            <FileIntoText field="content" label="Take a File" accept=".csv,.txt,.jsonl,text/csv" />
            {websites.length > 1 && (
              <SelectField
                name="website"
                label="Website of rows that name none"
                value={form.get('website') ?? ''}
                options={[['', 'None: such rows fail'], ...websites.map(({ id, name }) => [String(id), name] as const)]}
              />
            )}
            <SelectField
              name="only"
              label="What to do"
              value={form.get('only') ?? ''}
              options={{
                '': 'Create new ones, update others',
                create: 'Create new ones only',
                update: 'Update others only',
              }}
            />
            <SelectField
              name="managed"
              label="Customers that an identity provider manages"
              value={form.get('managed') ?? ''}
              options={{ '': 'Leave them alone', yes: 'Change them too' }}
              help="It may set what it sends back at its next change."
            />
            <FormButtons>
              <Button look="primary">Show what would change</Button>
            </FormButtons>
          </Form>
        </Card>
        {visit.may('transfer::export') && <ExportCard websites={websites} />}
        {uploads.length > 0 && (
          <Card title="Files of the last day">
            <ul>
              {uploads.map(({ id, by, createdMs }) => (
                <li key={id}>
                  <a href={`${importPath}/${id}`}>Upload {id}</a> by {by},{' '}
                  <Moment at={sqlTimestamp(new Date(createdMs))} />
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    ),
  });
}

const takeFile = action(importPath, {
  acl: 'transfer::import',
  inject: pageServices,
  async perform(visit, parts) {
    const { form } = visit;
    // Browsers send every line end as CR LF, those within a cell too.
    const content = (form.get('content') ?? '').replaceAll('\r\n', '\n');
    if (content.trim() === '') return importScreen(visit, parts, 'Paste the content of a file, or take one.');
    const websites = await realWebsites(parts);
    const only = form.get('only');
    const by = visit.signedIn?.user ?? 'administration';
    const id = await keepUpload(
      parts.database,
      parts.encryptor,
      {
        by,
        only: only === 'create' || only === 'update' ? only : undefined,
        websiteId: websites.find((website) => String(website.id) === form.get('website'))?.id,
        managed: form.get('managed') === 'yes',
        createdMs: parts.clock.now().getTime(),
      },
      content,
    );
    const upload = await uploadById(parts.database, id);
    if (upload)
      await tasksOf(parts).start(importTask(id), by, (progress) => importUpload(parts, upload, 'dry-run', progress));
    return redirect(`${importPath}/${id}`);
  },
});

export const importPages = [importPage, takeFile];
