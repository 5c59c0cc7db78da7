import type { Command } from '../cli/command.ts';
import type { ConfigSection } from '../config/section.ts';
import type { ForeignTables } from '../database/index.ts';
import type { Mount, Route } from '../http/route.ts';
import type { Observer } from './event.ts';
import type { Hook } from './hook.ts';
import type { Plugin } from './plugin.ts';
import type { Contribution, Provision } from './provision.ts';

/** What a module says of itself. Plain data and functions: no class names, no decorators, no reflection. */
export interface ModuleManifest {
  /** Lower case, digits and hyphens; the folder's name for the host's own rooms. */
  readonly name: string;
  readonly version: string;
  /** Semver range of hosts it works with; another host refuses to boot it. */
  readonly host?: string;
  /** Modules that must be enabled and come first. */
  readonly sequence?: readonly string[];
  /** Modules that come first when they are enabled. */
  readonly optional?: readonly string[];
  /** Access resources, `<module>::<resource>` → what granting it allows. */
  readonly acl?: Readonly<Record<string, string>>;
  readonly config?: readonly ConfigSection[];
  /** Folder of migrations, run in file-name order. */
  readonly migrations?: URL;
  /** Tables that are made before those, unless they are there as another system's, which are never altered. */
  readonly foreign?: ForeignTables & { readonly migrations: URL };
  readonly provides?: readonly Provision[];
  readonly contributes?: readonly Contribution[];
  readonly plugins?: readonly Plugin[];
  readonly observers?: readonly Observer[];
  readonly routes?: readonly (Route | Mount)[];
  readonly commands?: readonly Command[];
  readonly hooks?: readonly Hook[];
}

/** Declares a module: checks nothing (boot does, in one report) and freezes what it was given. */
export function defineModule(manifest: ModuleManifest): ModuleManifest {
  return Object.freeze({ ...manifest });
}
