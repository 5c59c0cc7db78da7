import { CodeBlock } from '../../../admin/index.ts';
import { examplePayload } from '../../payload/example.ts';
import { type PayloadForm, payloadForms } from '../../webhook.ts';

const words: Readonly<Record<PayloadForm, readonly [label: string, help: string]>> = {
  light: [
    'Light',
    'Says what happened to which customer, as BigCommerce does. The receiver asks for the rest where it needs it.',
  ],
  full: ['Full', 'Carries the customer as it is at the moment of sending: personal data leaves the store.'],
};

export const payloadLabel = (form: PayloadForm): string => words[form][0];

/** What is sent for an event, as an example. */
export function PayloadExample({ form, scope, id }: { form: PayloadForm; scope: string; id: string }) {
  return (
    <CodeBlock id={id} label={`Example of a ${form} payload`}>
      {JSON.stringify(examplePayload(form, scope), null, 2)}
    </CodeBlock>
  );
}

/** Light or full, with an example of each. */
export function PayloadChoice({ value, scope }: { value: PayloadForm; scope: string }) {
  return (
    <div class="payload-choice">
      {payloadForms.map((form) => (
        <div key={form}>
          <label class="check">
            <input type="radio" name="payload" value={form} checked={form === value} />
            <span>
              {words[form][0]}
              <small>{words[form][1]}</small>
            </span>
          </label>
          <div data-shown-for={`payload=${form}`}>
            <PayloadExample form={form} scope={scope} id={`example-${form}`} />
          </div>
        </div>
      ))}
    </div>
  );
}
