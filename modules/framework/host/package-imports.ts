import * as nodeModule from 'node:module';

type Resolve = (specifier: string, context: Context, next: (specifier: string, context: Context) => unknown) => unknown;
interface Context {
  readonly parentURL?: string;
}
/** As Node 22.15 and 24 have it, which runs hooks without a thread; `register` is for Node 20. */
interface SynchronousHooks {
  readonly registerHooks?: (hooks: { readonly resolve: Resolve }) => void;
}

const own = 'vestibule/';
let answering = false;

/**
 * Makes `vestibule/<room>` mean this host's own files, whoever imports it: an installed package lies outside the project,
 * and a copy that it brought along would have tokens and errors that nobody here knows. Costs a thread on Node 20, so it
 * is asked for only where a package's module is loaded. Safe to repeat.
 */
export function answerPackages(): void {
  if (answering) return;
  answering = true;
  const parentURL = import.meta.url;
  const { registerHooks } = nodeModule as SynchronousHooks;
  if (registerHooks) {
    registerHooks({
      resolve: (specifier, context, next) =>
        next(specifier, specifier.startsWith(own) ? { ...context, parentURL } : context),
    });
    return;
  }
  const hook = `let parentURL;
    export const initialize = (given) => { parentURL = given; };
    export const resolve = (specifier, context, next) =>
      next(specifier, specifier.startsWith('${own}') ? { ...context, parentURL } : context);`;
  nodeModule.register(`data:text/javascript,${encodeURIComponent(hook)}`, { data: parentURL });
}
