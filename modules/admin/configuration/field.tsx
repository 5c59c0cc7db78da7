import { usePage } from '../kit/context.ts';
import { FieldShell, SelectInput, TextAreaInput, TextInput } from '../kit/field.tsx';
import { fieldId } from '../kit/form.tsx';
import { gridHref } from '../kit/grid-state.ts';
import type { ShownField } from './reading.ts';
import { type ShownScope, settableAt } from './scope.ts';
import { shownText } from './text.ts';

export interface ConfigurationFieldProps {
  readonly shown: ShownField;
  readonly scope: ShownScope;
  readonly scopes: readonly ShownScope[];
  /** What was sent, where it is shown again because of an error. */
  readonly sent?: { readonly text: string; readonly inherit: boolean } | undefined;
  readonly error?: string | undefined;
  /** The path of the yes/no field that this one depends on. */
  readonly dependsOn?: string | undefined;
}

const levels = { default: '[global]', website: '[website]', store: '[store view]' } as const;

/** One field: control, "use default", where its value comes from, and which scopes below have their own. */
export function ConfigurationField({ shown, scope, scopes, sent, error, dependsOn }: ConfigurationFieldProps) {
  const { path, entry, own, settable, overriddenIn, fault } = shown;
  const { field } = entry;
  const { visit } = usePage();
  const inherit = sent?.inherit ?? !own;
  return (
    <div class="config-field" data-depends={dependsOn} id={`row-${fieldId(path)}`}>
      <FieldShell
        id={fieldId(path)}
        name={path}
        label={field.label}
        error={error ?? fault}
        help={field.comment}
        aside={
          <>
            <span class="scope-tag">{levels[field.scope]}</span>
            {settable && (
              <label class="check use-default">
                <input
                  type="checkbox"
                  name="inherit"
                  value={path}
                  checked={inherit}
                  data-inherits={fieldId(path)}
                  aria-label={`${inheritWords(scope)}: ${field.label}`}
                />
                <span>{inheritWords(scope)}</span>
              </label>
            )}
          </>
        }
        foot={
          <>
            <p class="origin">{originWords(shown, scope, scopes)}</p>
            {overriddenIn.length > 0 && (
              <p class="origin overridden">
                Overridden in{' '}
                {overriddenIn.map((other, at) => (
                  <span key={other.key}>
                    {at > 0 && ', '}
                    <a
                      href={`${gridHref(visit.path, new URLSearchParams(), { scope: other.key })}#row-${fieldId(path)}`}
                    >
                      {other.level === 'website' ? 'website' : 'store view'} {other.label}
                    </a>
                  </span>
                ))}
              </p>
            )}
          </>
        }
      >
        <Control shown={shown} text={sent?.text ?? shownText(field, entry.value)} error={error ?? fault} />
      </FieldShell>
    </div>
  );
}

const inheritWords = ({ level }: ShownScope): string =>
  level === 'default' ? 'Use system value' : level === 'website' ? 'Use Default' : 'Use Website';

function Control({ shown, text, error }: { shown: ShownField; text: string; error: string | undefined }) {
  const { path, entry, settable, own } = shown;
  const { field } = entry;
  const common = { name: path, label: field.label, disabled: !settable, error, help: field.comment };
  switch (field.type) {
    case 'yesno':
      return (
        <SelectInput
          {...common}
          value={text}
          options={[
            ['1', 'Yes'],
            ['0', 'No'],
          ]}
        />
      );
    case 'select':
      return <SelectInput {...common} value={text} options={field.options} />;
    case 'number':
      return <TextInput {...common} value={text} inputmode="numeric" />;
    case 'secret':
      return (
        <TextInput
          {...common}
          type="password"
          value=""
          autocomplete="off"
          placeholder={own || entry.value !== '' ? '•••••••• stored; type to replace' : ''}
        />
      );
    case 'list':
      return <TextAreaInput {...common} value={text} rows={3} />;
    case 'map':
      return <TextAreaInput {...common} value={text} rows={4} code />;
    default:
      return <TextInput {...common} value={text} />;
  }
}

function originWords({ entry, own }: ShownField, scope: ShownScope, scopes: readonly ShownScope[]): string {
  const { origin, field } = entry;
  if (origin === 'environment') return 'Set by an environment variable: it can be changed only there.';
  const where =
    origin === 'declared'
      ? 'Built-in default'
      : own
        ? scope.level === 'default'
          ? 'Set here, for all websites'
          : 'Set here'
        : `From ${scopes.find((other) => other.origin === origin)?.label ?? origin}`;
  if (settableAt(field.scope, scope)) return where;
  return `${where}. It can be set for ${field.scope === 'default' ? 'the whole installation' : 'a website'} only: change the scope above.`;
}
