import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * What tells a process from every other, on this machine and elsewhere, `<place>.<pid>.<start>` in base 36: the place is
 * where process ids mean the same (one boot of one machine, one namespace), the start tells a process from a later one
 * that got its id. At most 24 characters.
 */
export const processName: string = nameOf(process.pid);

/** A name for what this process claims, of which no other claim has the same: `<process>.<random>`, at most 30 characters. */
export const newHolder = (): string => `${processName}.${randomBytes(3).readUIntBE(0, 3).toString(36)}`;

/** The beginning of the names of everything that a process has claimed, for LIKE: base 36 has no wildcards. */
export const heldBy = (name: string): string => `${name}.%`;

/**
 * Whether it is certain that the process has ended. Only a process of the same place can be judged; of any other, of one
 * that can't be looked at, and where the machine doesn't say what it is (Linux does), the answer is no.
 */
export function hasEnded(name: string): boolean {
  const [place, pid = ''] = name.split('.');
  if (place !== placeOf(processName) || name === processName) return false;
  const id = Number.parseInt(pid, 36);
  try {
    process.kill(id, 0); // Sends nothing: asks whether there is one.
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const standing = standingOf(id);
  return standing !== undefined && (standing.over || name !== `${place}.${pid}.${standing.start}`);
}

const placeOf = (name: string): string | undefined => name.split('.')[0];

/** The name of a process of this place. */
export function nameOf(pid: number): string {
  const start = standingOf(pid)?.start ?? '0';
  return `${thisPlace()}.${pid.toString(36)}.${start}`;
}

/** Where this can't be known, a place that nobody else is at. */
function thisPlace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const ids = readlinkSync('/proc/self/ns/pid');
    return short(createHash('sha256').update(`${hostname()} ${boot} ${ids}`).digest());
  } catch {
    return short(randomBytes(6));
  }
}

function short(bytes: Buffer): string {
  return bytes.readUIntBE(0, 6).toString(36);
}

/** When a process of this place began, and whether it only waits for its parent to take notice; undefined where nobody says. */
function standingOf(pid: number): { readonly start: string; readonly over: boolean } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the program's name, which stands in parentheses and may hold any letter (proc_pid_stat(5)).
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { start: Number(fields[19]).toString(36), over: fields[0] === 'Z' || fields[0] === 'X' };
  } catch {
    return undefined;
  }
}
