import {
  action,
  Button,
  Card,
  download,
  FileIntoText,
  Form,
  FormButtons,
  LinkButton,
  Notice,
  page,
  redirect,
  type Screen,
  screen,
  TextAreaField,
  type Visit,
} from '../../admin/index.ts';
import { Environment, HttpError } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { exported } from '../document/exchange.ts';
import { issueText, MappingError } from '../version/mapping-error.ts';
import type { WhichMapping } from '../version/version.ts';
import { conflictText } from './draft-change.ts';
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

const path = '/admin/connections/:code/mapping/exchange' as const;

const exchangePage = page(path, {
  acl: 'attribute-mapping::view',
  inject: benchParts,
  view: (visit, parts) => exchangeScreen(visit, parts, {}),
});

interface Pasted {
  readonly text?: string;
  readonly problems?: readonly string[];
}

async function exchangeScreen(visit: Visit, parts: BenchParts, { text, problems = [] }: Pasted): Promise<Screen> {
  const connection = await visited(visit, parts);
  const { draft, revision } = await benchOf(connection, parts.database, parts.versions);
  const file = mappingPath(connection, '/export');
  return screen({
    title: 'Import and Export',
    back: backToMapping(connection),
    status: problems.length > 0 ? 422 : 200,
    body: (
      <div class="stack">
        <Card title="Export">
          <p>A mapping as JSON: to keep, to compare, or for another connection.</p>
          <p class="form-buttons">
            <LinkButton href={`${file}?version=published`}>What is in Effect</LinkButton>
            {draft && <LinkButton href={`${file}?version=draft`}>The Draft</LinkButton>}
            <LinkButton href={`${file}?version=preset`}>The Preset</LinkButton>
          </p>
        </Card>
        {visit.may('attribute-mapping::edit') && (
          <Card title="Import">
            {problems.length > 0 && (
              <Notice kind="problem">
                Nothing was imported.
                <ul>
                  {problems.map((problem) => (
                    <li key={problem}>{problem}</li>
                  ))}
                </ul>
              </Notice>
            )}
            <Form action={mappingPath(connection, '/exchange')} class="wide-form">
              <input type="hidden" name="revision" value={String(revision)} />
              <TextAreaField
                name="document"
                label="Mapping as JSON"
                code
                rows={14}
                value={text}
                error={problems.length > 0 ? 'Correct the text and import it again.' : undefined}
                help={`It becomes the draft${draft ? ', in the place of the one there is' : ''}; nothing takes effect before you publish it.`}
              />
              <FileIntoText field="document" label="Take a File" accept=".json,application/json" />
              <FormButtons>
                <Button look="primary">Import into the Draft</Button>
              </FormButtons>
            </Form>
          </Card>
        )}
      </div>
    ),
  });
}

const importPasted = action(path, {
  acl: 'attribute-mapping::edit',
  inject: benchParts,
  async perform(visit, parts) {
    const connection = await visited(visit, parts);
    const text = visit.form.get('document') ?? '';
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch (error) {
      const problem = `This is no JSON: ${error instanceof Error ? error.message : String(error)}.`;
      return exchangeScreen(visit, parts, { text, problems: [problem] });
    }
    const change = { author: authorOf(visit), revision: revisionSeen(visit) };
    const saved = await refusalOr(() =>
      parts.database.transaction((tx) =>
        parts.versions.saveDraft(tx, connection, document as MappingDocument, change, parts.clock.now()),
      ),
    );
    if (!(saved instanceof MappingError))
      return redirect(mappingPath(connection), { done: 'The mapping was imported into the draft.' });
    const problems = saved.issues.length > 0 ? saved.issues.map(issueText) : [conflictText(saved)];
    return exchangeScreen(visit, parts, { text, problems });
  },
});

const named = ['published', 'draft', 'preset'] as const;

const exportFile = page('/admin/connections/:code/mapping/export', {
  acl: 'attribute-mapping::view',
  inject: { ...benchParts, environment: Environment },
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    const asked = visit.query.get('version') ?? 'published';
    const which: WhichMapping | undefined =
      named.find((name) => name === asked) ?? (/^\d{1,9}$/.test(asked) ? Number(asked) : undefined);
    if (which === undefined) throw new HttpError(404, 'VERSION_UNKNOWN', 'There is no such version of this mapping.');
    const document = await refusalOr(() => parts.versions.get(parts.database, connection, which));
    if (document instanceof MappingError) throw new HttpError(404, document.code, document.message);
    const name = `mapping-${connection.code}-${typeof which === 'number' ? `version-${which}` : which}.json`;
    return download(
      name,
      'application/json; charset=utf-8',
      `${JSON.stringify(exported(document, parts.environment.baseUrl), null, 2)}\n`,
    );
  },
});

export const exchangePages = [exchangePage, importPasted, exportFile];
