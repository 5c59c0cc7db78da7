/** `/Users/:id` and `/files/*rest` in the way of OpenAPI: `/Users/{id}`, `/files/{rest}`. */
export const bracedPath = (path: string): string => path.replace(/[{}]/g, '').replace(/[:*]([A-Za-z_]\w*)/g, '{$1}');

/** The names between the braces, in their order. */
export const parametersIn = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** `GET /admin/api/v1/webhooks/{id}` → `get-webhooks-id`. */
export const endpointId = (method: string, path: string): string =>
  [
    method.toLowerCase(),
    ...path
      .replace('/admin/api/v1/', '/')
      .split(/[^A-Za-z0-9]+/)
      .filter((part) => part !== ''),
  ].join('-');

const singular = (word: string): string => word.replace(/(ch|ss)es$/, '$1').replace(/s$/, '');

const upperSnake = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();

/** The shell variable that stands for each parameter of a path: in `/webhooks/{id}` `id` is `WEBHOOK_ID`. */
export function variablesOf(path: string): ReadonlyMap<string, string> {
  const segments = path.split('/');
  return new Map(
    segments.flatMap((segment, at) => {
      const [name] = parametersIn(segment);
      return name === undefined ? [] : [[name, variableOf(name, singular(segments[at - 1] ?? ''))] as const];
    }),
  );
}

/** A connection is named by its code wherever it stands; what stands behind another parameter has its own name. */
function variableOf(name: string, before: string): string {
  const [own, owner] = [upperSnake(name), before.startsWith('{') ? '' : upperSnake(before)];
  if (owner === 'CONNECTION' || own === 'CONNECTION') return 'CONNECTION';
  return owner === '' || owner === own ? own : `${owner}_${own}`;
}

/** `change-capture` → `Change capture`. */
export const titleOf = (module: string): string => {
  const words = module.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
