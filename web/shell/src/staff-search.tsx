import { useRef } from 'react'
import { SearchIcon } from '@ag.ds-next/react/icon'
import {
  Highlighted,
  Key,
  MatchLines,
  may,
  SearchCombobox,
  type StaffMatch,
  type StaffSearch,
  useModules,
  useNavigateTo,
  useShortcuts,
  useUser,
  wordRanges,
} from '@banksia/kit'
import { builtIn } from './modules'
import { isEnabled } from './navigation'

interface Found extends StaffMatch {
  /** What kind of thing it is, said where several kinds are searched. */
  kind: string
}

/** Ask every search at once; one that fails leaves the others' matches. All failing is an error. */
export async function findAll(
  searches: readonly StaffSearch[],
  text: string,
  signal: AbortSignal,
): Promise<Found[]> {
  const answers = await Promise.allSettled(
    searches.map(async (search) => ({ search, matches: await search.find(text, signal) })),
  )
  const failed = answers.filter((answer) => answer.status === 'rejected')
  if (failed.length > 0 && failed.length === answers.length) throw failed[0]?.reason
  return answers.flatMap((answer) =>
    answer.status === 'fulfilled'
      ? answer.value.matches.map((match) => ({ ...match, kind: answer.value.search.title }))
      : [],
  )
}

/** The one search box for everything; `/` puts the focus in it. */
export function StaffSearchBox() {
  const input = useRef<HTMLInputElement>(null)
  const navigate = useNavigateTo()
  const user = useUser()
  const modules = useModules()
  useShortcuts([{ key: '/', label: 'Search', run: () => input.current?.focus() }])
  const searches = builtIn
    .filter((module) => isEnabled(module, modules))
    .flatMap(({ search }) => search ?? [])
    .filter(({ permission }) => may(user, permission))
  if (searches.length === 0) return null
  const things = new Intl.ListFormat('en-AU', { type: 'disjunction' }).format(
    searches.map(({ title }) => title),
  )
  return (
    <div css={{ position: 'relative', '& input': { paddingLeft: '2.25rem' } }}>
      <SearchIcon
        size="sm"
        color="muted"
        css={{ position: 'absolute', zIndex: 1, left: '0.75rem', top: '0.625rem', pointerEvents: 'none' }}
      />
      <SearchCombobox<Found>
        name="staff"
        label="Search"
        hideLabel
        compact
        clearOnChoose
        firstOnEnter
        inputRef={input}
        placeholder={`Find a ${things}`}
        find={(text, signal) => findAll(searches, text, signal)}
        keyOf={({ kind, id }) => `${kind} ${id}`}
        textOf={({ label }) => label}
        onChoose={({ href }) => navigate(href)}
        nothing={(query) => `Nothing matches ${query}. Check the number, or search by lot and plan.`}
        renderMatch={(match, query) => (
          <MatchLines
            title={<Highlighted text={match.label} ranges={wordRanges(match.label, query)} />}
            detail={[searches.length > 1 ? match.kind : '', match.detail].filter(Boolean).join(', ')}
          />
        )}
      />
      <span
        css={{
          position: 'absolute',
          right: '0.5rem',
          top: '0.375rem',
          pointerEvents: 'none',
          'div:focus-within > &': { display: 'none' },
          '@media (hover: none)': { display: 'none' },
        }}
      >
        <Key>/</Key>
      </span>
    </div>
  )
}
