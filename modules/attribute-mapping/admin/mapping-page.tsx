import { ActionButton, Card, LinkButton, Notice, PanelStack, page, screen, type Visit } from '../../admin/index.ts';
import { CustomerAttributes } from '../../customer/index.ts';
import { UserMapping } from '../mapping.ts';
import { difference } from '../version/difference.ts';
import { DeclaredSources } from './declared-sources.tsx';
import { DifferenceList, differenceWords } from './difference-list.tsx';
import { MappingPanels, panelsFor } from './extension-points.ts';
import { IssueList } from './issue-list.tsx';
import { RowTable } from './row-table.tsx';
import { targetGroups } from './targets.ts';
import { versionWords } from './version-words.tsx';
import { type Bench, benchOf, benchParts, mappingPath, visited } from './workbench.ts';

/** The tab "Attribute Mapping": the rows that are edited, what is wrong with them, and the panels of other rooms. */
export const mappingPage = page('/admin/connections/:code/mapping', {
  acl: 'attribute-mapping::view',
  tab: { of: 'connection', label: 'Attribute Mapping', sortOrder: 20 },
  inject: { ...benchParts, attributes: CustomerAttributes, mapping: UserMapping, panels: MappingPanels },
  async view(visit, { attributes, mapping, panels, ...parts }) {
    const connection = await visited(visit, parts);
    const bench = await benchOf(connection, parts.database, parts.versions);
    const groups = targetGroups(await attributes.all(parts.database));
    const compiled = mapping.compiled(connection, bench.document);
    const issues = await parts.versions.check(parts.database, bench.document);
    const editable = visit.may('attribute-mapping::edit');
    return screen({
      title: 'Attribute Mapping',
      actions: <Actions bench={bench} visit={visit} />,
      body: (
        <div class="stack">
          <Standing bench={bench} visit={visit} />
          <IssueList issues={issues.filter(({ row }) => row === undefined)} />
          <RowTable
            bench={bench}
            issues={issues}
            groups={groups}
            editable={editable}
            goesBack={(target) => compiled.hasInverse(target)}
          />
          <DeclaredSources bench={bench} editable={editable} />
          {await PanelStack(panelsFor(panels, connection), 'mapping', visit)}
        </div>
      ),
    });
  },
});

function Actions({ bench: { connection, draft }, visit }: { bench: Bench; visit: Visit }) {
  const editable = visit.may('attribute-mapping::edit');
  return (
    <>
      <LinkButton href={mappingPath(connection, '/versions')}>Versions</LinkButton>
      {editable && <LinkButton href={mappingPath(connection, '/preset')}>Presets</LinkButton>}
      {editable && <LinkButton href={mappingPath(connection, '/copy')}>Copy</LinkButton>}
      <LinkButton href={mappingPath(connection, '/exchange')}>Import / Export</LinkButton>
      {visit.may('attribute-mapping::attributes') && (
        <LinkButton href={mappingPath(connection, '/attributes')}>Attributes</LinkButton>
      )}
      {editable && (
        <LinkButton href={mappingPath(connection, '/rows/new')} look={draft ? 'plain' : 'primary'}>
          Add Row
        </LinkButton>
      )}
      {draft && visit.may('attribute-mapping::publish') && (
        <LinkButton href={mappingPath(connection, '/publish')} look="primary">
          Publish…
        </LinkButton>
      )}
    </>
  );
}

/** What is in effect, and how the draft stands to it. */
function Standing({ bench: { connection, draft, inEffect, revision }, visit }: { bench: Bench; visit: Visit }) {
  const told = <>In effect: {versionWords(inEffect, connection)}.</>;
  if (!draft)
    return <p class="muted">{told} The first change begins a draft; nothing takes effect before it is published.</p>;
  const differs = difference(inEffect.document, draft.document);
  return (
    <>
      {draft.basedOn !== inEffect.version && (
        <Notice kind="problem">
          Another version has come into effect since this draft was begun: publishing it would undo what that version
          changed. <a href={mappingPath(connection, '/publish')}>Look at both</a> before you publish.
        </Notice>
      )}
      <Card
        title={`Draft by ${draft.author}: ${differenceWords(differs)}`}
        aside={
          visit.may('attribute-mapping::edit') && (
            <ActionButton
              action={mappingPath(connection, '/discard')}
              fields={{ revision: String(revision) }}
              look="quiet"
            >
              Discard Draft
            </ActionButton>
          )
        }
      >
        <p class="muted">{told} The draft changes nothing until it is published.</p>
        {!differs.same && (
          <details>
            <summary>What differs</summary>
            <DifferenceList difference={differs} />
          </details>
        )}
      </Card>
    </>
  );
}
