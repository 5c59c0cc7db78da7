import { page } from '../http/page.ts';
import { Card, Cards } from '../kit/card.tsx';
import { Empty } from '../kit/empty.tsx';
import { DashboardCards } from '../kit/extension-points.ts';
import { Light } from '../kit/light.tsx';
import { screen } from '../kit/screen.ts';
import { ownAccount } from '../role/permissions.ts';

export const dashboardPage = page('/admin', {
  acl: ownAccount,
  menu: { label: 'Dashboard', sortOrder: 10, icon: 'home' },
  inject: { cards: DashboardCards },
  async view(visit, { cards }) {
    const shown = cards.filter(({ acl }) => visit.may(acl)).sort((a, b) => a.sortOrder - b.sortOrder);
    const filled = (await Promise.all(shown.map(async (card) => ({ card, content: await card.view(visit) })))).filter(
      ({ content }) => content !== undefined,
    );
    const watching = shown.filter(({ concerns }) => concerns !== undefined);
    const concerns = (await Promise.all(watching.map((card) => card.concerns?.(visit) ?? []))).flat();
    return screen({
      title: 'Dashboard',
      body:
        filled.length === 0 ? (
          <Empty title="Nothing to show yet" icon="home">
            Cards appear here as modules bring them, for what your role allows.
          </Empty>
        ) : (
          <Cards>
            {watching.length > 0 && <Light concerns={concerns} />}
            {filled.map(({ card, content }) => (
              <Card key={card.id} title={card.title} href={card.href} wide={card.wide}>
                {content}
              </Card>
            ))}
          </Cards>
        ),
    });
  },
});
