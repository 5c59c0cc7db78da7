import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap of this process grow to twice what lived at the last collection before it is collected anew. V8 lets a
 * small heap grow fourfold, so that a long walk over pages keeps 120 MiB of which 35 live. To be called before anything is
 * loaded; nothing else of the process changes.
 */
export function boundHeap(): void {
  setFlagsFromString('--heap-growing-percent=100');
}
