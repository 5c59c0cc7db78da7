import {
  action,
  Badge,
  Button,
  Card,
  Empty,
  Form,
  FormButtons,
  LinkButton,
  Moment,
  page,
  redirect,
  screen,
  TextField,
} from '../../admin/index.ts';
import { HttpError } from '../../framework/index.ts';
import { difference } from '../version/difference.ts';
import { MappingError } from '../version/mapping-error.ts';
import { describeRow } from '../version/row-text.ts';
import { DifferenceList } from './difference-list.tsx';
import { versionName, versionWords } from './version-words.tsx';
import { authorOf, backToMapping, benchParts, mappingPath, refusalOr, visited } from './workbench.ts';

/** Most versions that one page shows. */
const shown = 50;

const versionsPage = page('/admin/connections/:code/mapping/versions', {
  acl: 'attribute-mapping::view',
  inject: benchParts,
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    const inEffect = await parts.versions.inEffect(parts.database, connection);
    const before = numberIn(visit.query.get('before') ?? '');
    const options = { limit: shown, ...(before === undefined ? {} : { before }) };
    const versions = await parts.versions.list(parts.database, connection, options);
    const last = versions.at(-1);
    return screen({
      title: 'Versions of the Mapping',
      back: backToMapping(connection),
      lead: <>In effect: {versionWords(inEffect, connection)}.</>,
      body:
        versions.length === 0 && before === undefined ? (
          <Empty title="Nothing was published yet">
            <p>
              The <a href={mappingPath(connection, '/versions/0')}>preset of the profile</a> is in effect.
            </p>
          </Empty>
        ) : (
          <div class="grid">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <section class="grid-scroll" tabIndex={0} aria-label="Versions">
              <table>
                <thead>
                  <tr>
                    {['Version', 'Published', 'By', 'Comment'].map((label) => (
                      <th key={label} scope="col">
                        {label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {versions.map(({ version, publishedAt, author, comment, restored }) => (
                    <tr key={version}>
                      <td data-label="Version">
                        <span class="marks">
                          <a href={mappingPath(connection, `/versions/${version}`)}>Version {version}</a>
                          {version === inEffect.version && <Badge tone="good">In effect</Badge>}
                        </span>
                      </td>
                      <td data-label="Published">
                        <Moment at={publishedAt} />
                      </td>
                      <td data-label="By">{author}</td>
                      <td data-label="Comment">
                        {restored === null ? '' : `Copy of ${versionName(restored)}. `}
                        {comment}
                      </td>
                    </tr>
                  ))}
                  <tr>
                    <td data-label="Version">
                      <span class="marks">
                        <a href={mappingPath(connection, '/versions/0')}>Preset</a>
                        {inEffect.version === 0 && <Badge tone="good">In effect</Badge>}
                      </span>
                    </td>
                    <td data-label="Published">
                      <span class="muted">–</span>
                    </td>
                    <td data-label="By">
                      <span class="muted">–</span>
                    </td>
                    <td data-label="Comment">What the profile “{connection.profile}” begins with.</td>
                  </tr>
                </tbody>
              </table>
            </section>
            {versions.length === shown && last && last.version > 1 && (
              <p>
                <a href={`${mappingPath(connection, '/versions')}?before=${last.version}`}>Older versions</a>
              </p>
            )}
          </div>
        ),
    });
  },
});

const numberIn = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

const one = '/admin/connections/:code/mapping/versions/:version' as const;

const versionPage = page(one, {
  acl: 'attribute-mapping::view',
  inject: benchParts,
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    const number = numberIn(visit.params.version ?? '') ?? -1;
    const found = await refusalOr(() => parts.versions.version(parts.database, connection, number));
    if (found instanceof MappingError)
      throw new HttpError(404, found.code, 'There is no such version of this mapping.');
    const inEffect = await parts.versions.inEffect(parts.database, connection);
    const differs = difference(inEffect.document, found.document);
    const name = versionName(number);
    return screen({
      title: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      back: { href: mappingPath(connection, '/versions'), label: `Versions of the mapping of ${connection.name}` },
      lead: number === inEffect.version ? 'In effect.' : versionWords(found, connection),
      actions: <LinkButton href={`${mappingPath(connection, '/export')}?version=${number}`}>Export</LinkButton>,
      body: (
        <div class="stack">
          {number !== inEffect.version && (
            <Card title={`From what is in effect (${versionName(inEffect.version)}) to this`}>
              <DifferenceList difference={differs} />
            </Card>
          )}
          {number !== inEffect.version && !differs.same && visit.may('attribute-mapping::publish') && (
            <Form action={mappingPath(connection, `/versions/${number}`)} class="card">
              <div class="card-body">
                <input type="hidden" name="over" value={String(inEffect.version)} />
                <p>Rolling back publishes a copy of {name}; nothing of the history is lost, and a draft stays.</p>
                <TextField name="comment" label="Comment" help="Why; shown with the new version." />
                <FormButtons>
                  <Button look="primary">Roll back to {name}</Button>
                </FormButtons>
              </div>
            </Form>
          )}
          <Card title={`Its rows (${found.document.rows.length})`}>
            <ol class="mapping-lines">
              {found.document.rows.map((row) => (
                <li key={row.id}>{describeRow(row)}</li>
              ))}
            </ol>
          </Card>
        </div>
      ),
    });
  },
});

const rollBack = action(one, {
  acl: 'attribute-mapping::publish',
  inject: benchParts,
  async perform(visit, parts) {
    const connection = await visited(visit, parts);
    const to = numberIn(visit.params.version ?? '') ?? -1;
    const comment = visit.form.get('comment')?.trim() ?? '';
    const over = numberIn(visit.form.get('over') ?? '');
    const change = {
      author: authorOf(visit),
      ...(comment === '' ? {} : { comment }),
      ...(over === undefined ? {} : { over }),
    };
    const done = await refusalOr(() =>
      parts.database.transaction((tx) => parts.versions.rollback(tx, connection, to, change, parts.clock.now())),
    );
    if (!(done instanceof MappingError))
      return redirect(mappingPath(connection), {
        done: `Version ${done.version}, a copy of ${versionName(to)}, is in effect.`,
      });
    const problem =
      done.code === 'VERSION_CHANGED'
        ? 'Nothing was rolled back: another version has come into effect since this page was opened. The difference is shown anew.'
        : done.message;
    return redirect(mappingPath(connection, `/versions/${Math.max(0, to)}`), { problem });
  },
});

export const versionPages = [versionsPage, versionPage, rollBack];
