export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export const selectRow =
  'SELECT entity_id, website_id, store_id, group_id, email, firstname, lastname, is_active, created_at, updated_at FROM customer_entity';

/** A customer's row and EAV values as a SCIM user. */
export function render(row, values, attributeIds) {
  const of = (code) => values.find(({ attribute_id }) => attribute_id === attributeIds[code])?.value;
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    id: String(row.entity_id),
    userName: row.email,
    name: { givenName: row.firstname, familyName: row.lastname },
    emails: [{ value: row.email, type: 'work', primary: true }],
    title: of('job_title'),
    active: row.is_active === 1,
    [enterprise]: { employeeNumber: of('employee_number'), department: of('department') },
    meta: {
      resourceType: 'User',
      created: row.created_at,
      lastModified: row.updated_at,
      location: `http://127.0.0.1/scim/v2/Users/${row.entity_id}`,
    },
  };
}
