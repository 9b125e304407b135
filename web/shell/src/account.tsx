import { useMutation } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import {
  AccountMenu,
  colour,
  focusRing,
  forgetPerson,
  RouterLink,
  signInHref,
  useModules,
  useNavigateTo,
  useSessionChanged,
  useUser,
} from '@banksia/kit'
import { client } from '@banksia/kit/client'
import { builtIn } from './modules'
import { navOf } from './navigation'

/** The sign-in link, or the person with their menu. */
export function Account({ detailed = false }: { detailed?: boolean }) {
  const user = useUser()
  const modules = useModules()
  const { pathname, href } = useLocation()
  const signOut = useSignOut()
  if (!user) {
    const signingIn = pathname.startsWith('/auth/')
    return (
      <RouterLink href={signInHref(signingIn || pathname === '/' ? undefined : href)} css={signIn}>
        Sign in
      </RouterLink>
    )
  }
  return (
    <AccountMenu name={user.name} detail={detailed ? user.roles.map(roleInWords).join(', ') : undefined}>
      {user.kind === 'staff' && !detailed ? <RouterLink href="/staff">Back office</RouterLink> : null}
      {navOf('account', builtIn, modules, user).map(({ label, to }) => (
        <RouterLink key={to} href={to}>
          {label}
        </RouterLink>
      ))}
      <button type="button" onClick={() => signOut.mutate()}>
        Sign out
      </button>
    </AccountMenu>
  )
}

/** `certificate_officer` as `Certificate officer`. */
export function roleInWords(role: string): string {
  const words = role.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function useSignOut() {
  const sessionChanged = useSessionChanged()
  const navigate = useNavigateTo()
  return useMutation({
    mutationFn: () => client.post({ url: '/api/auth/logout', throwOnError: true }),
    onSettled: async () => {
      forgetPerson()
      navigate('/')
      await sessionChanged()
    },
  })
}

const signIn = {
  padding: '0.25rem 0.75rem',
  border: `2px solid ${colour.foregroundAction}`,
  borderRadius: 4,
  background: colour.backgroundShade,
  color: colour.foregroundAction,
  fontSize: '0.9375rem',
  textDecoration: 'none',
  whiteSpace: 'nowrap',
  textAlign: 'center',
  '&:hover': { textDecoration: 'underline' },
  ...focusRing,
} as const
