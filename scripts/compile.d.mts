/** The project's folder. */
export const root: string;
/** Compiles when something has changed since the last time, or always with `force`. */
export function compile(options?: { readonly force?: boolean }): Promise<void>;
