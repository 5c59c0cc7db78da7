import { createHash } from 'node:crypto';
import { PATCH_OP_SCHEMA, type PatchOperation, printPatchPath, type Resource } from '../../../scim/index.ts';

/** The use cases that may cost somebody something. */
export const heldOperations = [
  'user.create',
  'user.replace',
  'user.patch',
  'user.delete',
  'group.replace',
  'group.patch',
  'group.delete',
] as const;
export type HeldOperation = (typeof heldOperations)[number];

/** A request as it is kept until somebody has decided: enough to carry it out, and no password. */
export interface HeldRequest {
  readonly operation: HeldOperation;
  /** The SCIM id of the user or group; empty for a POST, which takes a customer over. */
  readonly id: string;
  /** The document of a POST or PUT, the PatchOp message of a PATCH, nothing for a DELETE. */
  readonly body: Resource | null;
  /** A password came along, which is lost. */
  readonly hadPassword: boolean;
}

/** DELETE. */
export const heldDeletion = (operation: HeldOperation, id: string): HeldRequest => ({
  operation,
  id,
  body: null,
  hadPassword: false,
});

/** POST or PUT. What is handed on beside the document is a password, and not kept. */
export function heldDocument(
  operation: HeldOperation,
  id: string,
  document: Resource,
  aside: readonly unknown[] = [],
): HeldRequest {
  const { password, ...body } = document;
  return { operation, id, body, hadPassword: [password, ...aside].some((secret) => secret !== undefined) };
}

const isPassword = ({ path }: PatchOperation): boolean =>
  path.kind === 'attribute' && path.attribute.name.toLowerCase() === 'password';

/** PATCH: the operations as a message again, which reads the same. */
export function heldPatch(operation: HeldOperation, id: string, operations: readonly PatchOperation[]): HeldRequest {
  const kept = operations.filter((one) => !isPassword(one));
  const Operations = kept.map(({ op, path, value }) => ({
    op,
    path: printPatchPath(path),
    ...(value === undefined ? {} : { value }),
  }));
  return {
    operation,
    id,
    body: { schemas: [PATCH_OP_SCHEMA], Operations },
    hadPassword: kept.length < operations.length,
  };
}

/**
 * The same for a request that is sent again. PUT and DELETE say everything there is to say, so the last one counts; a PATCH
 * of a user is the same when it is about the same attributes, that of a group when it names the same members.
 */
export function digestOf({ operation, id, body }: HeldRequest): string {
  const operations = (body?.Operations ?? []) as readonly { op: string; path: string }[];
  const what =
    operation === 'user.create'
      ? body?.userName
      : operation === 'user.patch'
        ? operations.map(({ op, path }) => `${op} ${path}`)
        : operation === 'group.patch'
          ? operations
          : [];
  return createHash('sha256')
    .update(JSON.stringify([operation, id, what]))
    .digest('hex');
}
