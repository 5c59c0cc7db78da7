import {
  applyPatch,
  checkImmutable,
  evaluate,
  fold,
  isObject,
  type ListQuery,
  type ListResult,
  type NormalizedResource,
  notFound,
  type PatchOperation,
  type RequestContext,
  type Resource,
  type ResourceHandler,
  type ResourceType,
  requireMatch,
  uniqueness,
  versionOf,
} from '../../../modules/scim/index.ts';
import { pageOf } from './memory-page.ts';

/** A service provider over a Map: what the protocol room promises its handlers, shown on the smallest real one. */
export class MemoryHandler implements ResourceHandler<string> {
  readonly type: ResourceType;
  readonly resources = new Map<string, Resource>();
  readonly passwords = new Map<string, string>();
  /** Adds attributes that are computed on reading, such as the groups of a user. */
  readonly decorate: (resource: Resource) => Resource;
  private readonly uniqueName: string;
  private next = 1;

  constructor(type: ResourceType, uniqueName: string, decorate: (resource: Resource) => Resource = (same) => same) {
    this.type = type;
    this.uniqueName = uniqueName;
    this.decorate = decorate;
  }

  async create(context: RequestContext<string>, received: NormalizedResource): Promise<Resource> {
    this.refuseDuplicate(received.resource);
    const id = `${this.type.name[0]?.toLowerCase()}${this.next++}`;
    const created = context.now.toISOString();
    const location = `${context.baseUrl}${this.type.endpoint}/${id}`;
    const meta = { resourceType: this.type.name, created, lastModified: created, location };
    return this.store(id, { ...received.resource, id, meta }, received.password);
  }

  async get(_context: RequestContext<string>, id: string): Promise<Resource> {
    return this.decorate(this.find(id));
  }

  async list(context: RequestContext<string>, query: ListQuery): Promise<ListResult> {
    const all = [...this.resources.values()].map(this.decorate);
    const { filter } = query;
    const found = filter ? all.filter((resource) => evaluate(filter, resource)) : all;
    return pageOf(this.type.name, found, query, context.now);
  }

  async replace(context: RequestContext<string>, id: string, received: NormalizedResource): Promise<Resource> {
    const stored = this.findMatching(context, id);
    checkImmutable(stored, received.resource, this.type);
    this.refuseDuplicate(received.resource, id);
    return this.store(id, { ...received.resource, id, meta: this.touched(stored.meta, context) }, received.password);
  }

  async patch(context: RequestContext<string>, id: string, operations: readonly PatchOperation[]): Promise<Resource> {
    const result = applyPatch(this.findMatching(context, id), operations, this.type, { mode: context.mode });
    context.notes.push(...result.notes);
    if (result.password !== undefined) this.passwords.set(id, result.password);
    if (!result.changed) {
      context.outcome = 'unchanged';
      return this.decorate(result.resource);
    }
    this.refuseDuplicate(result.resource, id);
    return this.store(id, { ...result.resource, meta: this.touched(result.resource.meta, context) });
  }

  async delete(context: RequestContext<string>, id: string): Promise<void> {
    this.findMatching(context, id);
    this.resources.delete(id);
  }

  private find(id: string): Resource {
    const resource = this.resources.get(id);
    if (!resource) throw notFound(this.type.name, id);
    return resource;
  }

  /** What is found, changed and stored without waiting for anything in between is a transaction of its own. */
  private findMatching(context: RequestContext<string>, id: string): Resource {
    const resource = this.find(id);
    requireMatch(context, versionOf(resource));
    return resource;
  }

  private store(id: string, given: Resource, password?: string): Resource {
    const resource = { ...given, meta: { ...(isObject(given.meta) ? given.meta : {}), version: versionOf(given) } };
    this.resources.set(id, resource);
    if (password !== undefined) this.passwords.set(id, password);
    return this.decorate(resource);
  }

  private touched(meta: unknown, context: RequestContext<string>): Resource {
    return { ...(isObject(meta) ? meta : {}), lastModified: context.now.toISOString() };
  }

  private refuseDuplicate(resource: Resource, id?: string): void {
    const name = fold(String(resource[this.uniqueName]));
    for (const other of this.resources.values()) {
      if (other.id !== id && fold(String(other[this.uniqueName])) === name) throw uniqueness(this.uniqueName);
    }
  }
}
