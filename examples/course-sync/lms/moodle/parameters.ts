/** What a function of Moodle's web services is given: texts, numbers, flags, lists and members of them. */
export type MoodleValue = string | number | boolean | readonly MoodleValue[] | { readonly [name: string]: MoodleValue };

/** As PHP reads it from a form: `users[0][username]=ann`. Flags are 1 and 0. */
export function formOf(parameters: Readonly<Record<string, MoodleValue>>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) put(form, name, value);
  return form;
}

function put(form: URLSearchParams, name: string, value: MoodleValue): void {
  if (typeof value === 'object')
    for (const [key, part] of Object.entries(value)) put(form, `${name}[${key}]`, part as MoodleValue);
  else form.append(name, typeof value === 'boolean' ? (value ? '1' : '0') : String(value));
}
