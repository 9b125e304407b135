import { CheckboxesField } from '@banksia/kit'
import type { RoleRead } from '../api'

/** The roles that staff can have, each with what it may do. */
export function RoleField({ roles }: { roles: readonly RoleRead[] }) {
  const choices = roles
    .filter(({ name }) => name !== 'customer')
    .map(({ name, title, permissions }) => ({
      value: name,
      label: title,
      detail: permissions.map((each) => each.title).join('. '),
    }))
  return <CheckboxesField name="roles" label="Roles" choices={choices} />
}
