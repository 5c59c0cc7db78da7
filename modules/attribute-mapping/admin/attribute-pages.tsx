import { Activities } from '../../activity/index.ts';
import {
  action,
  Button,
  Card,
  CheckField,
  Form,
  FormButtons,
  FormErrors,
  LinkButton,
  page,
  redirect,
  type Screen,
  SelectField,
  screen,
  TextAreaField,
  TextField,
  type Visit,
} from '../../admin/index.ts';
import {
  type AttributeDefinition,
  type AttributeInput,
  attributeInputs,
  type CustomerAttribute,
  CustomerAttributes,
  CustomerError,
} from '../../customer/index.ts';
import type { Resolved } from '../../framework/index.ts';
import { recordAttribute } from '../version/attribute-record.ts';
import { usualType } from '../version/attribute-summary.ts';
import { MappingError } from '../version/mapping-error.ts';
import { authorOf, backToMapping, benchParts, mappingPath, visited } from './workbench.ts';

const path = '/admin/connections/:code/mapping/attributes' as const;
const inject = { ...benchParts, attributes: CustomerAttributes, activities: Activities };
type Parts = Resolved<typeof inject>;
const access = { acl: 'attribute-mapping::attributes', inject } as const;

const inputNames: Readonly<Record<AttributeInput, string>> = {
  text: 'Text, one line',
  textarea: 'Text, several lines',
  select: 'Dropdown',
  multiselect: 'Multiple select',
  boolean: 'Yes/No',
  date: 'Date',
};
const inputIn = (text: string | null): AttributeInput => attributeInputs.find((input) => input === text) ?? 'text';

/** The attributes that this store has made, and the form for another. */
async function attributesScreen(visit: Visit, parts: Parts, errors: Record<string, string> = {}): Promise<Screen> {
  const connection = await visited(visit, parts);
  const own = (await parts.attributes.all(visit.database)).filter(({ userDefined }) => userDefined);
  const { form } = visit;
  const given = (name: string): string => form.get(name) ?? '';
  return screen({
    title: 'Customer Attributes',
    back: backToMapping(connection),
    status: Object.keys(errors).length > 0 ? 422 : 200,
    lead: 'Attributes that the store has of its own, for what an identity provider sends and Magento has no field for.',
    body: (
      <div class="stack">
        <Card title="Create an Attribute">
          <Form action={mappingPath(connection, '/attributes')}>
            <FormErrors errors={errors} />
            <TextField
              name="attribute"
              label="Code"
              code
              required
              value={given('attribute')}
              error={errors.attribute}
              help="Lower case letters, digits and underscores, a letter first: cost_center. It can't be changed later."
            />
            <TextField name="label" label="Label" required value={given('label')} error={errors.label} />
            <SelectField
              name="input"
              label="Input"
              value={inputIn(form.get('input'))}
              options={inputNames}
              help="How the administration asks for it, and which table of Magento's holds it."
            />
            <TextAreaField
              name="options"
              label="Choices"
              value={given('options')}
              help="Of a dropdown or a multiple select: one a line, in their order."
            />
            <TextField
              name="default"
              label="Default Value"
              value={given('default')}
              help="A text, yes or no, a day such as 2024-02-29; of choices their labels."
            />
            <CheckField name="required" label="Magento's forms insist on a value" checked={form.has('required')} />
            <TextField
              name="source"
              label="Map it from"
              code
              value={given('source')}
              error={errors.source}
              help="A SCIM path such as title or urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department: a row is put into the draft. Empty: it is mapped later."
            />
            <FormButtons>
              <Button look="primary">Create Attribute</Button>
              <LinkButton href={mappingPath(connection)}>Cancel</LinkButton>
            </FormButtons>
          </Form>
        </Card>
        <Card title="Attributes of this store">
          <OwnAttributes attributes={own} />
        </Card>
      </div>
    ),
  });
}

function OwnAttributes({ attributes }: { attributes: readonly CustomerAttribute[] }) {
  if (attributes.length === 0) return <p class="muted">None yet.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="grid-scroll plain-table" tabIndex={0} aria-label="Attributes of this store">
      <table>
        <thead>
          <tr>
            <th scope="col">Attribute</th>
            <th scope="col">Input</th>
            <th scope="col">Choices</th>
          </tr>
        </thead>
        <tbody>
          {attributes.map(({ code, label, input, options }) => (
            <tr key={code}>
              <th scope="row">
                {label} <code class="muted">{code}</code>
              </th>
              <td>{inputNames[input as AttributeInput] ?? input}</td>
              <td>{options.map((option) => option.label).join(', ') || <span class="muted">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function definitionIn(form: URLSearchParams): AttributeDefinition {
  const input = inputIn(form.get('input'));
  const options = (form.get('options') ?? '').split(/\r?\n/).flatMap((line) => line.trim() || []);
  const defaultValue = form.get('default')?.trim() ?? '';
  return {
    code: form.get('attribute')?.trim() ?? '',
    label: form.get('label')?.trim() ?? '',
    backendType: usualType[input],
    input,
    ...(options.length > 0 ? { options } : {}),
    ...(defaultValue === '' ? {} : { defaultValue }),
    ...(form.has('required') ? { required: true } : {}),
  };
}

const createAttribute = action(path, {
  ...access,
  async perform(visit, parts) {
    const connection = await visited(visit, parts);
    const definition = definitionIn(visit.form);
    const source = visit.form.get('source')?.trim() ?? '';
    try {
      await parts.database.transaction(async (tx) => {
        const [author, now] = [authorOf(visit), parts.clock.now()];
        const attribute = await parts.attributes.create(tx, definition, now);
        recordAttribute(tx, parts.activities, attribute, { author, now });
        if (source !== '')
          await parts.versions.mapAttribute(tx, connection, attribute, source, { author, publish: false }, now);
      });
    } catch (error) {
      if (error instanceof CustomerError) return attributesScreen(visit, parts, { attribute: error.message });
      if (error instanceof MappingError) return attributesScreen(visit, parts, { source: error.message });
      throw error;
    }
    parts.attributes.expire();
    return redirect(source === '' ? mappingPath(connection, '/attributes') : mappingPath(connection), {
      done:
        source === ''
          ? `The attribute ${definition.code} was created.`
          : `The attribute ${definition.code} was created, and a row for it stands in the draft.`,
    });
  },
});

export const attributePages = [
  page(path, { ...access, view: (visit, parts) => attributesScreen(visit, parts) }),
  createAttribute,
];
