import { type Executor, type ExtensionPoint, extensionPoint } from '../../../framework/index.ts';
import type { Connection, Profile } from '../../connection.ts';
import type { Guide, GuideVariant, KnownTrouble, Milestone } from './guide.ts';

/** What a part of the guide knows of one connection. */
export interface GuideKnowledge {
  /** What stands in the place of `{name}` in the values of its steps. */
  readonly values: Readonly<Record<string, string>>;
  readonly milestones: readonly Milestone[];
  /** The way of this part that fits the connection best, to be shown first; undefined where none does. */
  readonly way: string | undefined;
}

/** Of a connection, or a way, of which a part has nothing to tell. */
export const nothingKnown: GuideKnowledge = { values: {}, milestones: [], way: undefined };

/** What another room brings to the guides: ways in which steps of its own and those of provisioning are one procedure. */
export interface GuidePart {
  /** Its ways to set this provider up; steps of the provider's own guide may stand among them. */
  ways(profile: Profile, own: Guide): readonly GuideVariant[];
  troubles(profile: Profile): readonly KnownTrouble[];
  /** `asked` is the way that somebody asked for, if any: who knows of other ways alone need ask nothing. */
  know(db: Executor, connection: Connection, asked: string | undefined): Promise<GuideKnowledge>;
}
export const GuideParts: ExtensionPoint<GuidePart> = extensionPoint<GuidePart>('connection.GuideParts');
