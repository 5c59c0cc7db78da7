import { Badge, Button, Empty, Form, LinkButton } from '../../admin/index.ts';
import type { MappingRow } from '../document/document.ts';
import type { MappingIssue } from '../document/issue.ts';
import { originOf } from '../version/row-text.ts';
import { IssueList } from './issue-list.tsx';
import { applyWords, directionWords, marksOf, typeWords } from './row-state.ts';
import { type TargetGroup, targetLabel } from './targets.ts';
import { type Bench, mappingPath } from './workbench.ts';

export interface RowTableProps {
  readonly bench: Bench;
  readonly issues: readonly MappingIssue[];
  readonly groups: readonly TargetGroup[];
  readonly editable: boolean;
  /** Whether a change of this target in the store is told to the provider. */
  readonly goesBack: (target: string) => boolean;
}

/** What goes without saying is left away where there is little room. */
const plainIf = (plain: boolean): string | undefined => (plain ? 'plain' : undefined);

/** The extension's URN says little and takes much room: it is shortened, and whole in the title. */
function Origin({ text }: { text: string }) {
  const [, attribute] = /^urn:[^ ]*:(User:[^: ]+)$/.exec(text) ?? [];
  return attribute === undefined ? <code>{text}</code> : <code title={text}>urn:…:{attribute}</code>;
}

/** The rows that are edited, in their order, with what is wrong at each. One form: its buttons say what is done. */
export function RowTable(props: RowTableProps) {
  const { document, revision, connection } = props.bench;
  if (document.rows.length === 0)
    return (
      <Empty title="No rows yet">
        <p>Add a row, or begin with the preset of an identity provider.</p>
        <p>
          <a href={mappingPath(connection, '/preset')}>Choose a preset</a>
        </p>
      </Empty>
    );
  return (
    <Form action={mappingPath(connection)} class="grid mapping-rows" label="Rows of the mapping">
      <input type="hidden" name="revision" value={String(revision)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="grid-scroll" tabIndex={0} aria-label="Rows of the mapping">
        <table>
          <thead>
            <tr>
              {['Source', 'Target', 'Type', 'Direction', 'Apply', 'State'].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
              {props.editable && (
                <th scope="col" class="end">
                  <span class="visually-hidden">Actions</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {document.rows.map((row, at) => (
              <RowLine key={row.id} {...props} row={row} at={at} />
            ))}
          </tbody>
        </table>
      </section>
    </Form>
  );
}

function RowLine({
  row,
  at,
  bench,
  issues,
  groups,
  editable,
  goesBack,
}: RowTableProps & { row: MappingRow; at: number }) {
  const { connection, document, draft, inEffect } = bench;
  const own = issues.filter((issue) => issue.row === row.id);
  const path = mappingPath(connection, `/rows/${encodeURIComponent(row.id)}`);
  const marks = marksOf(row, draft ? inEffect.document : undefined, own);
  const names = (row.transforms ?? []).map((use) => (typeof use === 'string' ? use : use.name));
  return (
    <tr class={row.enabled === false ? 'resting' : undefined} id={`row-${row.id}`}>
      <td data-label="Source">
        <div>
          <Origin text={originOf(row)} />
          {names.length > 0 && <small class="muted">{names.join(', then ')}</small>}
          <IssueList issues={own} />
        </div>
      </td>
      <td data-label="Target">
        <div>
          <code>{row.target}</code> <small class="muted">{targetLabel(groups, row.target)}</small>
        </div>
      </td>
      <td data-label="Type" class={plainIf(row.type === 'direct')}>
        {typeWords[row.type]}
      </td>
      <td data-label="Direction" class={plainIf(row.direction === undefined)}>
        {directionWords[row.direction ?? (goesBack(row.target) ? 'both' : 'in')]}
      </td>
      <td data-label="Apply" class={plainIf((row.apply ?? 'always') === 'always')}>
        {applyWords[row.apply ?? 'always']}
      </td>
      <td data-label="State" class={plainIf(marks.length === 0)}>
        <span class="marks">
          {marks.map(({ tone, words }) => (
            <Badge key={words} tone={tone}>
              {words}
            </Badge>
          ))}
        </span>
      </td>
      {editable && (
        <td class="end row-actions" data-label="Actions">
          <span class="marks">
            <RowButton path={`${path}/move`} value="up" words="↑" says={`Move ${row.id} up`} disabled={at === 0} />
            <RowButton
              path={`${path}/move`}
              value="down"
              words="↓"
              says={`Move ${row.id} down`}
              disabled={at === document.rows.length - 1}
            />
            <LinkButton href={path} look="quiet">
              Edit<span class="visually-hidden"> {row.id}</span>
            </LinkButton>
            <Button look="quiet" formaction={`${path}/switch`}>
              {row.enabled === false ? 'Enable' : 'Disable'}
              <span class="visually-hidden"> {row.id}</span>
            </Button>
            <Button look="quiet" formaction={`${path}/delete`}>
              Delete<span class="visually-hidden"> {row.id}</span>
            </Button>
          </span>
        </td>
      )}
    </tr>
  );
}

function RowButton(props: { path: string; value: string; words: string; says: string; disabled: boolean }) {
  return (
    <Button look="quiet" formaction={props.path} name="direction" value={props.value} disabled={props.disabled}>
      <span aria-hidden="true">{props.words}</span>
      <span class="visually-hidden">{props.says}</span>
    </Button>
  );
}
