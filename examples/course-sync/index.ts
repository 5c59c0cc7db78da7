export { CourseError, type CourseErrorCode } from './course/course-error.ts';
export { type Mapping, type MappingKind, Mappings, type NewMapping, type Parting } from './course/mapping.ts';
export { type KnownUser, Lms, LmsError, type LmsErrorCode, type LmsUser, type Occasion } from './lms/lms.ts';
export { type Order, Orders } from './order/orders.ts';
export { CourseJobs } from './queue/jobs.ts';
