import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatDay, Loaded, Panel, RowList, StaffPage, Tag } from '@banksia/kit'
import { listWordingsOptions, type MailKindRead } from '../api'
import { wordingPage } from '../routes'

/** Every mail that the council can word, by what it belongs to. */
export default function WordingsPage() {
  const wordings = useQuery(listWordingsOptions())
  return (
    <StaffPage
      title="Wording of email"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="What the council’s mails say. Mail that is sent already keeps its words."
    >
      <Loaded query={wordings} failed="The list could not be loaded">
        {({ mails }) => (
          <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '52rem' }}>
            {[...new Set(mails.map(({ module }) => module))].map((module) => (
              <Panel key={module} title={module} flush>
                <RowList inset rows={mails.filter((mail) => mail.module === module).map(rowOf)} />
              </Panel>
            ))}
          </div>
        )}
      </Loaded>
    </StaffPage>
  )
}

const rowOf = (mail: MailKindRead) => ({
  key: mail.name,
  title: <TextLink href={wordingPage.href({ params: { name: mail.name } })}>{mail.title}</TextLink>,
  detail: mail.about,
  end: mail.is_changed ? (
    <Tag>{`Own words${mail.changed_at ? ` since ${formatDay(mail.changed_at)}` : ''}`}</Tag>
  ) : (
    'Standard'
  ),
})
