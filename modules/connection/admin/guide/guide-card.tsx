import { Card, DefinitionList, Tabs } from '../../../admin/index.ts';
import type { Connection } from '../../connection.ts';
import { providerOf } from '../identity-provider.ts';
import { LivePanel } from '../live-panel.tsx';
import { GuideSteps, Troubles, tickIds } from './guide-steps.tsx';
import type { ShownGuide } from './shown-guide.ts';

/** The procedure, with its ways as tabs where there are several; `path` is that of the page. */
export function GuideCard({ connection, shown, path }: { connection: Connection; shown: ShownGuide; path: string }) {
  const { intro, ways, way, milestones, values } = shown;
  return (
    <Card title={`Connect ${providerOf(connection.profile).name}`}>
      <p>{intro}</p>
      {ways.length > 1 && (
        <Tabs
          label="Ways to set it up"
          tabs={ways.map(({ id, label }) => ({ label, href: `${path}?way=${id}`, current: id === way?.id }))}
        />
      )}
      <GuideSteps steps={way?.steps ?? []} milestones={milestones} values={values} />
    </Card>
  );
}

/** What to expect of the provider; nothing where nothing is known. */
export function MannersCard({ connection, shown }: { connection: Connection; shown: ShownGuide }) {
  if (shown.manners.length === 0) return null;
  return (
    <Card title={`What ${providerOf(connection.profile).name} does`} id="manners">
      <DefinitionList items={shown.manners} />
    </Card>
  );
}

export const TroublesCard = ({ shown }: { shown: ShownGuide }) => (
  <Card title="When something is wrong">
    <Troubles troubles={shown.troubles} />
  </Card>
);

/** What comes in, and the ticks of the steps with it. */
export function GuidePanel(given: { shown: ShownGuide; path: string; looks: number; along?: readonly string[] }) {
  const { way, arrivals } = given.shown;
  return (
    <LivePanel
      arrivals={arrivals}
      looks={given.looks}
      href={way === undefined ? given.path : `${given.path}?way=${way.id}`}
      along={[...tickIds(way?.steps ?? []), ...(given.along ?? [])]}
    />
  );
}
