import { fold } from '../fold.ts';
import type { Mode } from '../mode.ts';
import { printPath } from '../path/attribute-path.ts';
import type { AttributeTarget } from '../path/patch-path.ts';
import { invalidValue, mutability } from '../refusal.ts';
import { isPassword } from '../resource/normalize.ts';
import { isHollow } from '../resource/read-value.ts';
import { isObject, type Resource, sameJson } from '../resource/resource.ts';
import { schemasOf } from '../resource/schemas-of.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { changedValue } from './change.ts';
import type { PatchOperation, PatchResult } from './operation.ts';

/**
 * Applies operations in order (RFC 7644 §3.5.2): all of them or, by throwing, none. The given resource is never
 * changed; what the operations don't touch is shared with it, and where they change nothing the answer is the given
 * resource itself.
 *
 * Throws `noTarget` (a filter selects nothing to replace), `mutability` (an immutable value, or a required attribute
 * removed), `invalidValue`, `invalidPath`.
 */
export function applyPatch(
  resource: Resource,
  operations: readonly PatchOperation[],
  type: ResourceType,
  options: { readonly mode?: Mode } = {},
): PatchResult {
  const draft = new Draft(resource, type);
  const notes: string[] = [];
  let password: string | undefined;
  for (const operation of operations) {
    const { path } = operation;
    if (path.kind === 'extension') draft.removeExtension(path.schema.id);
    else if (isPassword(path.attribute)) password = operation.op === 'remove' ? undefined : String(operation.value);
    else draft.set(path, changedValue(operation, path, draft.get(path), options.mode ?? 'compat', notes));
  }
  const { result, changed } = draft.finish();
  return { resource: result, changed, notes, ...(password === undefined || password === '' ? {} : { password }) };
}

/** A resource being changed: copied when, and where, something is written. */
class Draft {
  private readonly original: Resource;
  private readonly type: ResourceType;
  private resource: Resource;
  private readonly copied = new Set<string>();
  private readonly touched = new Set<AttributeTarget>();

  constructor(resource: Resource, type: ResourceType) {
    this.original = resource;
    this.resource = resource;
    this.type = type;
  }

  get(path: AttributeTarget): unknown {
    const owner = path.extension ? this.resource[path.schema.id] : this.resource;
    return isObject(owner) && Object.hasOwn(owner, path.attribute.name) ? owner[path.attribute.name] : undefined;
  }

  set(path: AttributeTarget, value: unknown): void {
    if (value === this.get(path)) return;
    this.touched.add(path);
    const owner = path.extension ? this.writableExtension(path.schema.id) : this.writable();
    if (value === undefined) delete owner[path.attribute.name];
    else owner[path.attribute.name] = value;
    if (path.extension && Object.keys(owner).length === 0) delete this.resource[path.schema.id];
  }

  removeExtension(urn: string): void {
    if (this.resource[urn] === undefined) return;
    delete this.writable()[urn];
    this.copied.delete(urn);
  }

  finish(): { readonly result: Resource; readonly changed: boolean } {
    for (const path of [...this.touched]) {
      this.dropHollow(path);
      this.checkRequired(path);
    }
    if (this.resource === this.original) return { result: this.original, changed: false };
    const schemas = schemasOf(this.resource, this.type);
    if (!sameJson(this.resource.schemas, schemas) && this.extensionsChanged()) this.resource.schemas = schemas;
    return sameJson(this.original, this.resource)
      ? { result: this.original, changed: false }
      : { result: this.resource, changed: true };
  }

  private writable(): Resource {
    if (this.resource === this.original) this.resource = { ...this.original };
    return this.resource;
  }

  private writableExtension(urn: string): Resource {
    const resource = this.writable();
    const current = resource[urn];
    if (isObject(current) && this.copied.has(urn)) return current;
    this.copied.add(urn);
    const copy: Resource = isObject(current) ? { ...current } : {};
    resource[urn] = copy;
    return copy;
  }

  private extensionsChanged(): boolean {
    return this.type.extensions.some(
      ({ schema }) => (this.original[schema.id] === undefined) !== (this.resource[schema.id] === undefined),
    );
  }

  /** Only at the end, because one operation may give an element its `primary` and a later one its `value`. */
  private dropHollow(path: AttributeTarget): void {
    const elements = this.get(path);
    if (!Array.isArray(elements) || !elements.some((element) => isHollow(path.attribute, element))) return;
    const kept = elements.filter((element) => !isHollow(path.attribute, element));
    this.set(path, kept.length === 0 ? undefined : kept);
  }

  /** RFC 7644 §3.5.2.2: removing what is required is a matter of mutability. */
  private checkRequired(path: AttributeTarget): void {
    if (!path.attribute.required) return;
    const value = this.get(path);
    if (value === undefined) throw mutability(`${printPath(path)} is required and cannot be removed.`);
    if (typeof value === 'string' && fold(value) === '') throw invalidValue(`${printPath(path)} must not be blank.`);
  }
}
