import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { EmptyState, Loaded, Panel, StaffPage } from '@banksia/kit'
import { listStandardAnswersOptions, type StandardAnswerRead } from '../api'
import { StandardAnswer } from '../components/standard-answer'
import { straightThroughPage } from '../staff-routes'

/** What holds for all land of the council, one answer for each question that certificates ask. */
export default function StandardAnswersPage() {
  const answers = useQuery(listStandardAnswersOptions())
  return (
    <StaffPage
      title="Standard answers"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts={answers.data ? factsOf(answers.data.answers) : undefined}
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '52rem' }}>
        <p css={{ maxWidth: '42em' }}>
          An answer here holds for all land of the council: drafts begin with it, and an officer can still
          change it for one lot. It counts for every certificate that is not issued yet, the next one that
          goes out by itself included.{' '}
          <TextLink href={straightThroughPage.href()}>Pause those first</TextLink> when the law changes.
        </p>
        <Loaded query={answers} failed="The standard answers could not be loaded">
          {(read) =>
            read.answers.length === 0 ? (
              <EmptyState>No certificate on sale asks anything.</EmptyState>
            ) : (
              groupsOf(read.answers).map(({ title, hint, rows }) => (
                <Panel key={title} title={title} hint={hint} flush>
                  <ul css={{ listStyle: 'none' }}>
                    {rows.map((row) => (
                      <StandardAnswer key={row.key} read={row} />
                    ))}
                  </ul>
                </Panel>
              ))
            )
          }
        </Loaded>
      </div>
    </StaffPage>
  )
}

interface Group {
  title: string
  hint?: string
  rows: StandardAnswerRead[]
}

const NOBODYS = 'Not asked any more'

/** The questions by the certificates that ask them, in the order of the catalogue. */
function groupsOf(answers: readonly StandardAnswerRead[]): Group[] {
  const groups = new Map<string, StandardAnswerRead[]>()
  for (const each of answers) {
    const title = each.products.join(', ') || NOBODYS
    groups.set(title, [...(groups.get(title) ?? []), each])
  }
  return [...groups].map(([title, rows]) => ({
    title,
    hint: title === NOBODYS ? 'No template asks these, so they are printed nowhere.' : undefined,
    rows,
  }))
}

function factsOf(answers: readonly StandardAnswerRead[]): string {
  const given = answers.filter(({ answer }) => answer !== null).length
  return `${String(given)} of ${String(answers.length)} questions answered for all land.`
}
