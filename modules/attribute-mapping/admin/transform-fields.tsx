import { FieldGroup, fieldId } from '../../admin/index.ts';
import type { Transform } from '../transform/transform.ts';
import type { FieldErrors } from './row-fields.ts';
import type { TransformValues } from './row-values.ts';

export interface TransformFieldsProps {
  readonly uses: readonly TransformValues[];
  readonly transforms: readonly Transform[];
  readonly errors: FieldErrors;
}

const text = (value: unknown): string => (typeof value === 'string' ? `“${value}”` : JSON.stringify(value));
const hasOptions = ({ options }: Transform): boolean => 'properties' in options;

/** What is done to the value on its way, one after the other: those there are, and two empty places. */
export function TransformFields({ uses, transforms, errors }: TransformFieldsProps) {
  const places = [...uses, { name: '', options: '' }, { name: '', options: '' }];
  return (
    <FieldGroup legend="Transforms" help="Applied from the top; save to get more empty places.">
      {places.map(({ name, options }, at) => (
        <div class="transform-place" key={at}>
          <label class="visually-hidden" for={fieldId(`transform-${at}`)}>
            Transform {at + 1}
          </label>
          <select id={fieldId(`transform-${at}`)} name="transform">
            <option value="">{at < uses.length ? 'Take away' : 'None'}</option>
            {name !== '' && !transforms.some((one) => one.name === name) && (
              <option value={name} selected>
                {name} (no module has it)
              </option>
            )}
            {transforms.map((one) => (
              <option key={one.name} value={one.name} selected={one.name === name}>
                {one.label} ({one.name})
              </option>
            ))}
          </select>
          <label class="visually-hidden" for={fieldId(`transformOptions-${at}`)}>
            Options of transform {at + 1}
          </label>
          <input
            id={fieldId(`transformOptions-${at}`)}
            name="transformOptions"
            class="code"
            value={options}
            placeholder="options as JSON"
            spellcheck={false}
            autocomplete="off"
            aria-invalid={errors[`transformOptions-${at}`] ? 'true' : undefined}
          />
          {errors[`transformOptions-${at}`] && <p class="field-error">{errors[`transformOptions-${at}`]}</p>}
        </div>
      ))}
      <details class="transform-examples">
        <summary>What each does, with an example</summary>
        <dl>
          {transforms.map((one) => (
            <div key={one.name}>
              <dt>
                {one.label} <code>{one.name}</code>
              </dt>
              <dd>
                {one.description} {text(one.example.from)} → {text(one.example.to)}
                {hasOptions(one) && (
                  <>
                    {' '}
                    with <code>{JSON.stringify(one.example.options)}</code>
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </FieldGroup>
  );
}
