/** A customer attribute that the presets lead to and Magento does not have out of the box. */
export interface CustomAttribute {
  readonly code: string;
  readonly label: string;
  readonly backendType: 'varchar';
}

/** Created in the store when missing. */
export const customAttributes: readonly CustomAttribute[] = [
  { code: 'job_title', label: 'Job Title', backendType: 'varchar' },
  { code: 'phone_number', label: 'Phone Number', backendType: 'varchar' },
  { code: 'employee_number', label: 'Employee Number', backendType: 'varchar' },
  { code: 'department', label: 'Department', backendType: 'varchar' },
  { code: 'cost_center', label: 'Cost Center', backendType: 'varchar' },
  { code: 'organization', label: 'Organization', backendType: 'varchar' },
  { code: 'division', label: 'Division', backendType: 'varchar' },
];
