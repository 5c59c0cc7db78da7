import { createHash } from 'node:crypto';

/** A record as its seal knows it: its id, and the first 128 bits of a digest of its text. */
const idBytes = 6;
const hashBytes = 16;
const leafBytes = idBytes + hashBytes;

export interface SealedText {
  readonly id: number;
  readonly entry: string;
}

const hashOf = ({ id, entry }: SealedText): Buffer =>
  createHash('sha256').update(`${id}\n${entry}`).digest().subarray(0, hashBytes);

/** The leaves of a seal, 22 bytes a record. `records` stand in the order of their ids. */
export function leavesOf(records: readonly SealedText[]): Buffer {
  const leaves = Buffer.alloc(records.length * leafBytes);
  records.forEach((record, index) => {
    leaves.writeUIntBE(record.id, index * leafBytes, idBytes);
    hashOf(record).copy(leaves, index * leafBytes + idBytes);
  });
  return leaves;
}

export const leavesDigest = (leaves: Uint8Array): string => createHash('sha256').update(leaves).digest('hex');

export type Tampering = 'changed' | 'removed' | 'inserted';

/** The record with the lowest id that is not as it was sealed, and what happened to it. */
export function firstDifference(
  leaves: Buffer,
  records: readonly SealedText[],
): { readonly id: number; readonly tampering: Tampering } | undefined {
  const count = Math.floor(leaves.length / leafBytes);
  for (let l = 0, r = 0; l < count || r < records.length; ) {
    const sealed = l < count ? leaves.readUIntBE(l * leafBytes, idBytes) : Number.POSITIVE_INFINITY;
    const record = records[r];
    const found = record?.id ?? Number.POSITIVE_INFINITY;
    if (found < sealed) return { id: found, tampering: 'inserted' };
    if (!record || sealed < found) return { id: sealed, tampering: 'removed' };
    const at = l * leafBytes + idBytes;
    if (!hashOf(record).equals(leaves.subarray(at, at + hashBytes))) return { id: found, tampering: 'changed' };
    l++;
    r++;
  }
  return undefined;
}
