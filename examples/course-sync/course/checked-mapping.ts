import { CourseError } from './course-error.ts';
import type { NewMapping } from './mapping.ts';

const longestSubject = 255;
const longestCourse = 191;

/** Names are compared without case and without blanks around them, on every engine alike. */
export const keyOf = (text: string): string => text.trim().normalize('NFKC').toLowerCase().normalize('NFKC');

/** The course as it is kept. @throws CourseError `MAPPING_INVALID` */
export function checkedCourse(text: string): string {
  const course = text.trim();
  if (course === '') throw new CourseError('MAPPING_INVALID', 'Say which course, as the LMS calls it.', 'course');
  if (course.length > longestCourse)
    throw new CourseError(
      'MAPPING_INVALID',
      `A course's name has at most ${longestCourse} characters, this one has ${course.length}.`,
      'course',
    );
  return course;
}

const wanted = {
  product: 'Say which product, by its SKU.',
  'customer-group': 'Choose a customer group of the store.',
  'scim-group': 'Say which group, by its name at the identity provider.',
} as const;

/** A mapping as it is kept, blanks around names removed. @throws CourseError `MAPPING_INVALID` */
export function checkedMapping(given: NewMapping): Required<NewMapping> {
  const subject = given.subject.trim();
  const { kind, keeps = false } = given;
  const customerGroupId = kind === 'customer-group' ? (given.customerGroupId ?? null) : null;
  const connectionId = kind === 'scim-group' ? (given.connectionId ?? null) : null;
  if (subject === '' || (kind === 'customer-group' && customerGroupId === null))
    throw new CourseError('MAPPING_INVALID', wanted[kind], 'subject');
  if (subject.length > longestSubject)
    throw new CourseError(
      'MAPPING_INVALID',
      `SKUs and names of groups have at most ${longestSubject} characters, this one has ${subject.length}.`,
      'subject',
    );
  return { kind, subject, customerGroupId, connectionId, course: checkedCourse(given.course), keeps };
}
