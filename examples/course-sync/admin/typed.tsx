import { CheckField, TextField } from 'vestibule/admin';
import type { Connection } from 'vestibule/connection';
import type { CustomerGroup } from 'vestibule/customer';
import { type MappingKind, mappingKinds, type NewMapping } from '../course/mapping.ts';

/** What stands in the form. */
export interface Typed {
  readonly kind: MappingKind;
  readonly sku: string;
  readonly customerGroup: string;
  readonly scimGroup: string;
  readonly connection: string;
  readonly course: string;
  readonly keeps: boolean;
}

/** What a form sent. */
export const typedIn = (form: URLSearchParams): Typed => {
  const text = (name: string): string => form.get(name)?.trim() ?? '';
  return {
    kind: mappingKinds.find((kind) => kind === form.get('kind')) ?? 'product',
    sku: text('sku'),
    customerGroup: text('customerGroup'),
    scimGroup: text('scimGroup'),
    connection: text('connection'),
    course: text('course'),
    keeps: form.has('keeps'),
  };
};

/** The field in which the subject of a kind stands. */
export const fieldOf = { product: 'sku', 'customer-group': 'customerGroup', 'scim-group': 'scimGroup' } as const;

/** The mapping that is asked for; whether it can be is for `Mappings` to say. */
export function mappingOf(
  typed: Typed,
  groups: readonly CustomerGroup[],
  connections: readonly Connection[],
): NewMapping {
  const { kind, course, keeps } = typed;
  if (kind === 'product') return { kind, subject: typed.sku, course, keeps };
  if (kind === 'scim-group') {
    const connectionId = connections.find(({ code }) => code === typed.connection)?.id ?? null;
    return { kind, subject: typed.scimGroup, connectionId, course, keeps };
  }
  const group = groups.find(({ id }) => id !== 0 && String(id) === typed.customerGroup);
  return { kind, subject: group?.code ?? '', customerGroupId: group?.id ?? null, course, keeps };
}

/** The course, and what becomes of enrolments. */
export const CourseFields = ({
  course,
  keeps,
  error,
}: Pick<Typed, 'course' | 'keeps'> & { error: string | undefined }) => (
  <>
    <TextField
      name="course"
      label="Course"
      value={course}
      error={error}
      required
      code
      help="As the LMS calls it: in Moodle its short name, unless Configuration says otherwise."
    />
    <CheckField
      name="keeps"
      label="Keep enrolments after a refund or leaving the group"
      checked={keeps}
      help="Otherwise the enrolment is taken back when nothing else grants the course."
    />
  </>
);
