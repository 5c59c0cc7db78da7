import { type Command, command } from '../../framework/index.ts';
import { type MailPreview, MailPreviews, type PreviewedTemplate } from '../preview/previews.ts';

interface Listed {
  readonly templates: readonly PreviewedTemplate[];
}

/** `mail:preview`: what a mail would say, about made-up facts. */
export const previewCommand: Command = command('mail:preview', {
  describe: 'Show a mail as a store view would send it, about made-up facts; without a name, list the kinds of mail',
  options: {
    template: { type: 'string', describe: 'Kind of mail, such as notification.activation', position: 0 },
    store: { type: 'string', describe: 'Code of the store view that speaks; else that of the default website' },
    html: { type: 'boolean', describe: 'Print the HTML, to be kept in a file and opened in a browser' },
  },
  inject: { previews: MailPreviews },
  run: async ({ template, store }, { previews }): Promise<MailPreview | Listed> =>
    template === undefined ? { templates: previews.list() } : previews.of(template, store),
  print(result, { html = false }) {
    if ('templates' in result)
      return result.templates.map(({ template, label }) => `${template.padEnd(32)}  ${label}`).join('\n');
    if (html) return result.html;
    return `From: ${result.from ?? 'nobody: the sender has no address'}\nSubject: ${result.subject}\n\n${result.text.trimEnd()}`;
  },
});
