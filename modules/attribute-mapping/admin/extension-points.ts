import type { ComponentChildren } from 'preact';
import type { Panel, Visit } from '../../admin/index.ts';
import type { Connection } from '../../connection/index.ts';
import { type ExtensionPoint, extensionPoint } from '../../framework/index.ts';

/**
 * Panels on the pages of a mapping, brought by rooms that know what is received and who is concerned. Their `subject` is
 * the page: `mapping` the rows, `row` the form of one row (its form is `row-form`), `publish` what is to be published.
 */
export interface MappingPanel extends Omit<Panel, 'view'> {
  view(visit: Visit, connection: Connection): Promise<ComponentChildren | undefined> | ComponentChildren;
}
export const MappingPanels: ExtensionPoint<MappingPanel> = extensionPoint<MappingPanel>(
  'attribute-mapping.MappingPanels',
);

/** The panels as a page shows them, each with the connection that the page is about. */
export const panelsFor = (panels: readonly MappingPanel[], connection: Connection): readonly Panel[] =>
  panels.map((panel) => ({ ...panel, view: (visit) => panel.view(visit, connection) }));

/** Says which attributes users of a connection have really come with, as paths people write: `customAttribute3`. */
export interface SeenSources {
  of(connection: Connection, visit: Visit): Promise<readonly string[]>;
}
export const SeenSources: ExtensionPoint<SeenSources> = extensionPoint<SeenSources>('attribute-mapping.SeenSources');
