import { Card } from './card.tsx';
import type { Panel } from './extension-points.ts';
import type { Visit } from './visit.ts';

/**
 * The panels that modules bring to a page of a subject: `inject: { panels: Panels }`, then
 * `await PanelStack(panels, 'customer', visit)` below the page's own content.
 */
export async function PanelStack(panels: readonly Panel[], subject: string, visit: Visit) {
  const shown = panels
    .filter((panel) => panel.subject === subject && visit.may(panel.acl))
    .sort((a, b) => a.sortOrder - b.sortOrder);
  const filled = await Promise.all(shown.map(async (panel) => ({ panel, content: await panel.view(visit) })));
  return (
    <>
      {filled
        .filter(({ content }) => content !== undefined)
        .map(({ panel, content }) => (
          <Card key={panel.title} title={panel.title}>
            {content}
          </Card>
        ))}
    </>
  );
}
