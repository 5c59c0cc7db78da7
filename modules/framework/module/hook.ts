import type { Dependencies, Resolved } from './token.ts';

/** Something a module does when the host starts to listen, when it stops, or once in the life of an installation. */
export interface Hook {
  readonly at: 'start' | 'stopping' | 'stop' | 'first-start';
  /** Unique over all modules; a first-start hook that ran is remembered under it. */
  readonly id: string;
  readonly dependencies: Dependencies;
  readonly run: (resolved: Record<string, unknown>, tell: Tell) => void | Promise<void>;
}

/** Says something to the operator on the very first start: a label and its value, secrets included. */
export type Tell = (label: string, value: string) => void;

/** Runs after boot and migrations, in module order, before the host answers its first request. */
export function onStart<D extends Dependencies>(
  id: string,
  inject: D,
  run: (resolved: Resolved<D>) => void | Promise<void>,
): Hook {
  return { at: 'start', id, dependencies: inject, run: run as Hook['run'] };
}

/**
 * Runs when the host begins to stop, beside all others of its kind and while requests under way go on: for jobs that wait
 * for servers elsewhere. It ends within eight seconds, by cutting what has not ended then.
 */
export function onStopping<D extends Dependencies>(
  id: string,
  inject: D,
  run: (resolved: Resolved<D>) => void | Promise<void>,
): Hook {
  return { at: 'stopping', id, dependencies: inject, run: run as Hook['run'] };
}

/** Runs when no request and no `onStopping` is under way any more, in reverse module order. */
export function onStop<D extends Dependencies>(
  id: string,
  inject: D,
  run: (resolved: Resolved<D>) => void | Promise<void>,
): Hook {
  return { at: 'stop', id, dependencies: inject, run: run as Hook['run'] };
}

/**
 * Runs once per installation, after the start hooks of the very first start; what it tells is printed once (in
 * production: written to a file that only its owner reads). One that throws runs again on the next start.
 */
export function onFirstStart<D extends Dependencies>(
  id: string,
  inject: D,
  run: (resolved: Resolved<D>, tell: Tell) => void | Promise<void>,
): Hook {
  return { at: 'first-start', id, dependencies: inject, run: run as Hook['run'] };
}
