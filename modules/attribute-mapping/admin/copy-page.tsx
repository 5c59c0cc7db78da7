import { action, Button, Card, Empty, Form, FormButtons, Notice, page, redirect, screen } from '../../admin/index.ts';
import { difference } from '../version/difference.ts';
import { DifferenceList, differenceWords } from './difference-list.tsx';
import { amendAndReturn } from './draft-change.ts';
import { backToMapping, benchOf, benchParts, mappingPath, visited } from './workbench.ts';

const path = '/admin/connections/:code/mapping/copy' as const;
const access = { acl: 'attribute-mapping::edit', inject: benchParts } as const;

/** What another connection's mapping would make of the draft, before it is taken. */
const copyPage = page(path, {
  ...access,
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    const others = (await parts.connections.list(parts.database)).filter(({ id }) => id !== connection.id);
    const from = others.find(({ code }) => code === visit.query.get('from')) ?? others[0];
    const { document, draft, revision } = await benchOf(connection, parts.database, parts.versions);
    const other = from && (await parts.versions.inEffect(parts.database, from));
    const differs = other && difference(document, other.document);
    return screen({
      title: 'Copy from Another Connection',
      back: backToMapping(connection),
      lead: 'Takes the mapping that is in effect there into the draft here. Nothing takes effect before it is published.',
      body:
        !from || !differs ? (
          <Empty title="There is no other connection" icon="plug">
            Mappings of other stores come by <a href={mappingPath(connection, '/exchange')}>import</a>.
          </Empty>
        ) : (
          <div class="stack">
            <nav class="tabs" aria-label="Connections">
              <ul>
                {others.map(({ code, name }) => (
                  <li key={code}>
                    <a
                      href={`${mappingPath(connection, '/copy')}?from=${encodeURIComponent(code)}`}
                      aria-current={code === from.code ? 'page' : undefined}
                    >
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            <Card title={differs.same ? 'Nothing would change' : differenceWords(differs)}>
              <p class="muted">
                From the {draft ? 'draft' : 'mapping in effect'} here to what is in effect of {from.name}:
              </p>
              <DifferenceList difference={differs} />
            </Card>
            {!differs.same && (
              <Form action={mappingPath(connection, '/copy')} class="card">
                <div class="card-body">
                  <input type="hidden" name="revision" value={String(revision)} />
                  <input type="hidden" name="from" value={from.code} />
                  {draft && (
                    <Notice kind="note">
                      The draft is replaced.{' '}
                      <a href={`${mappingPath(connection, '/export')}?version=draft`}>Export it</a> first if it may be
                      wanted again.
                    </Notice>
                  )}
                  <FormButtons>
                    <Button look="primary">Copy into the Draft</Button>
                  </FormButtons>
                </div>
              </Form>
            )}
          </div>
        ),
    });
  },
});

const copy = action(path, {
  ...access,
  async perform(visit, parts) {
    const connection = await visited(visit, parts);
    const wanted = visit.form.get('from');
    const from = (await parts.connections.list(parts.database)).find(({ code }) => code === wanted);
    if (!from) return redirect(mappingPath(connection, '/copy'), { problem: 'That connection is not there any more.' });
    const { document } = await parts.versions.inEffect(parts.database, from);
    return amendAndReturn(visit, parts, () => document, `The draft is a copy of the mapping of ${from.name} now.`);
  },
});

export const copyPages = [copyPage, copy];
