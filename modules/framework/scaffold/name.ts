/** How the template is called: every form of this name gives way to the same form of the new one. */
const sample = 'sample-room';

const forms: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.replaceAll('-', '_'),
  (name) => capital(camel(name)),
  camel,
  (name) => name.split('-').map(capital).join(' '),
  (name) => capital(name.replaceAll('-', ' ')),
  (name) => name.replaceAll('-', ' '),
];

/** A text of the template for a module of this name: `sample-room`, `SampleRoom`, `sample_room`, `Sample room` … */
export function renamed(text: string, name: string): string {
  return forms.reduce((said, form) => said.replaceAll(form(sample), form(name)), text);
}

function camel(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
