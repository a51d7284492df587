/** Before the first message: how to talk, what is asked, what to do while nobody is there, and who would answer. */
import { Face } from '../kit/Face';
import type { TeamMember } from '../kit/wire';
import { Choice } from './Choice';
import type { Conversation } from './conversation';
import { LetterForm } from './LetterForm';
import { Offers } from './Offers';
import { Questions } from './Questions';
import { t } from './speech';
import './Welcome.css';

interface Props {
  conversation: Conversation;
  onChat: () => void;
}

export function Welcome({ conversation, onChat }: Props) {
  const { view, letter } = conversation;
  const team = view.team.value;
  return (
    <div class="welcome">
      {view.writesLetter(letter) ? (
        <LetterForm conversation={conversation} />
      ) : (
        <>
          {view.asksHow && <Choice conversation={conversation} onChat={onChat} />}
          {!view.asksHow && !view.isOpen.value && (view.offersOrder || view.offersMessage) && (
            <section class="panel stack">
              <Offers view={view} letter={letter} />
            </section>
          )}
          {view.canWrite && <Questions conversation={conversation} />}
          {team.length > 0 && !view.isClosed && <Team team={team} />}
        </>
      )}
    </div>
  );
}

/** Two rows of faces; more would push the field to write in off a small phone. */
const SHOWN = 8;

function Team({ team }: { team: readonly TeamMember[] }) {
  const available = team.filter((member) => member.status === 'available').length;
  const isBusy = team.some((member) => member.status === 'busy');
  let title = t('team.away');
  if (available > 0) title = t('team.available', { count: available });
  else if (isBusy) title = t('team.busy');
  return (
    <section class="panel team" aria-labelledby="team-title">
      <h2 id="team-title" class="soft">
        {title}
      </h2>
      <ul>
        {team.slice(0, SHOWN).map((member) => (
          <li key={member.id} title={t(`status.${member.status}`)}>
            <Face name={member.name} photo={member.photo} status={member.status} size={48} />
            <span class="team-name" dir="auto">
              {member.name}
            </span>
            <span class="quiet">{t(`status.${member.status}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
