import {
  Button,
  CheckField,
  FieldGroup,
  FieldShell,
  Form,
  FormErrors,
  fieldId,
  LinkButton,
  SelectField,
  TextAreaField,
  TextField,
} from '../../admin/index.ts';
import type { Transform } from '../transform/transform.ts';
import type { FieldErrors } from './row-fields.ts';
import { applyWords, typeWords } from './row-state.ts';
import { type RowValues, rowTypes } from './row-values.ts';
import type { TargetGroup } from './targets.ts';
import { TransformFields } from './transform-fields.tsx';

export interface RowFormProps {
  readonly action: string;
  readonly back: string;
  readonly revision: number;
  readonly values: RowValues;
  readonly errors: FieldErrors;
  readonly groups: readonly TargetGroup[];
  readonly schema: readonly string[];
  readonly seen: readonly string[];
  readonly transforms: readonly Transform[];
}

const typeHelp: Readonly<Record<RowValues['type'], string>> = {
  direct: 'an attribute, as it is',
  constant: 'the same value for everyone',
  template: 'text made of attributes',
  lookup: 'what an attribute stands for, by a table',
  expression: 'JSONata over the whole user',
};

/** One row as a form: where the value comes from, where it goes, and by which rules. */
export function RowForm(props: RowFormProps) {
  const { values, errors } = props;
  return (
    <Form action={props.action} id="row-form" class="card" label="Row">
      <div class="card-body">
        <input type="hidden" name="revision" value={String(props.revision)} />
        <FormErrors errors={errors} />
        <FieldGroup legend="Where the value comes from">
          <div class="choices" id={fieldId('type')}>
            {rowTypes.map((type) => (
              <label key={type} class="check">
                <input type="radio" name="type" value={type} checked={values.type === type} />
                <span>
                  {typeWords[type]} <small>{typeHelp[type]}</small>
                </span>
              </label>
            ))}
          </div>
          <OriginFields {...props} />
        </FieldGroup>
        <TransformFields uses={values.transforms} transforms={props.transforms} errors={errors} />
        <FieldGroup legend="Where it goes">
          <TargetField {...props} />
          <SelectField
            name="direction"
            label="Direction"
            value={values.direction}
            options={{
              '': 'Both ways where the row has a way back, else in',
              in: 'In: provider to store',
              both: 'Both: changes of the store are told to the provider',
              out: 'Out: store to provider only',
            }}
          />
        </FieldGroup>
        <RuleFields {...props} />
        <div class="form-buttons">
          <Button look="primary">Save in Draft</Button>
          <LinkButton href={props.back}>Cancel</LinkButton>
        </div>
      </div>
    </Form>
  );
}

function OriginFields({ values, errors, schema, seen }: RowFormProps) {
  const source = fieldId('source');
  return (
    <>
      <div data-shown-for="type=direct|lookup">
        <FieldShell
          id={source}
          name="source"
          label="Source"
          error={errors.source}
          help={
            <>
              Such as <code>name.givenName</code>, <code>emails[type eq "work"].value</code> or{' '}
              <code>customAttribute3</code>. For Direct and Lookup.
            </>
          }
        >
          <input
            id={source}
            name="source"
            class="code"
            list="sources"
            value={values.source}
            spellcheck={false}
            autocomplete="off"
            aria-invalid={errors.source ? 'true' : undefined}
            aria-describedby={`${source}-help`}
          />
        </FieldShell>
        <datalist id="sources">
          {seen.map((path) => (
            <option key={path} value={path} label="received" />
          ))}
          {schema
            .filter((path) => !seen.includes(path))
            .map((path) => (
              <option key={path} value={path} />
            ))}
        </datalist>
        <CheckField
          name="declare"
          label="Declare this source"
          checked={values.declare}
          help="For an attribute that no known schema has, but that the provider sends: it is kept from then on."
        />
      </div>
      <div data-shown-for="type=constant">
        <TextField
          name="value"
          label="Value"
          value={values.value}
          error={errors.value}
          help="For Constant. true and false mean yes and no."
        />
      </div>
      <div data-shown-for="type=template">
        <TextField
          name="template"
          label="Template"
          code
          value={values.template}
          error={errors.template}
          help="For Template: attributes in braces, such as {name.givenName} {name.familyName}."
        />
      </div>
      <div data-shown-for="type=lookup">
        <TextAreaField
          name="table"
          label="Table"
          code
          rows={5}
          value={values.table}
          error={errors.table}
          help="For Lookup: a line each, what comes => what it stands for. Letters may be small or large."
        />
        <TextField
          name="otherwise"
          label="Otherwise"
          value={values.otherwise}
          help="For values that the table does not have. Empty: those count as no value."
        />
      </div>
      <div data-shown-for="type=expression">
        <TextAreaField
          name="expression"
          label="Expression"
          code
          rows={5}
          value={values.expression}
          error={errors.expression}
          help="For Expression: JSONata, such as $uppercase(name.familyName) & ', ' & name.givenName."
        />
      </div>
    </>
  );
}

function TargetField({ groups, values, errors }: RowFormProps) {
  const id = fieldId('target');
  const known = groups.some(({ choices }) => choices.some(({ target }) => target === values.target));
  return (
    <FieldShell id={id} name="target" label="Target" required error={errors.target}>
      <select id={id} name="target" required aria-invalid={errors.target ? 'true' : undefined}>
        <option value="">Choose…</option>
        {values.target !== '' && !known && (
          <option value={values.target} selected>
            {values.target} (this store has no such attribute)
          </option>
        )}
        {groups.map(({ label, choices }) => (
          <optgroup key={label} label={label}>
            {choices.map((choice) => (
              <option key={choice.target} value={choice.target} selected={choice.target === values.target}>
                {choice.label} – {choice.target}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </FieldShell>
  );
}

function RuleFields({ values, errors }: RowFormProps) {
  return (
    <FieldGroup legend="Rules">
      <SelectField name="apply" label="Apply" value={values.apply} options={applyWords} />
      <SelectField
        name="onNull"
        label="Without a Value"
        value={values.onNull}
        options={{
          clear: 'Clear what the provider gave before',
          keep: 'Keep what is there',
          default: 'Use the default below',
        }}
      />
      <TextField name="default" label="Default" value={values.default} error={errors.default} />
      <TextField
        name="match"
        label="Match Precedence"
        inputmode="numeric"
        value={values.match}
        error={errors.match}
        help="Finds an existing customer by this target; 1 is tried first. Empty: does not match."
      />
      <CheckField
        name="required"
        label="Required"
        checked={values.required}
        help="A user without a value is refused (400)."
      />
      <CheckField
        name="locked"
        label="Locked"
        checked={values.locked}
        help="The provider owns the target: what the store makes of it is put back."
      />
      <CheckField name="enabled" label="Enabled" checked={values.enabled} />
      <TextField name="comment" label="Comment" value={values.comment} />
    </FieldGroup>
  );
}
