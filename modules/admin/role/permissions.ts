/** What a role allows. */
export interface Permissions {
  /** Everything, what modules add later included. */
  readonly everything: boolean;
  readonly resources: ReadonlySet<string>;
  may(resource: string): boolean;
  /** Whether all of `other` is allowed here as well: nobody gives away more than they have. */
  covers(other: Permissions): boolean;
}

/** Magento's resource that stands for everything. */
export const everyResource = 'Magento_Backend::all';

/** What everybody who has logged in may use: the start page and their own account. No role has to allow it. */
export const ownAccount = 'admin::account';

/** Permissions from the resources that `authorization_rule` allows. */
export function permissionsOf(allowed: Iterable<string>): Permissions {
  const resources = new Set(allowed);
  const everything = resources.delete(everyResource);
  return {
    everything,
    resources,
    may: (resource) => everything || resources.has(resource),
    covers: (other) =>
      everything || (!other.everything && [...other.resources].every((resource) => resources.has(resource))),
  };
}

export const nothing: Permissions = permissionsOf([]);
