/** Before the first message: who would answer. Writing starts the chat. */
import { Face } from '../kit/Face';
import type { TeamMember } from '../kit/wire';
import { t } from './speech';
import './Welcome.css';

interface Props {
  team: readonly TeamMember[];
}

/** Two rows of faces; more would push the field to write in off a small phone. */
const SHOWN = 8;

export function Welcome({ team }: Props) {
  const available = team.filter((member) => member.status === 'available').length;
  const isBusy = team.some((member) => member.status === 'busy');
  let title = t('team.away');
  if (available > 0) title = t('team.available', { count: available });
  else if (isBusy) title = t('team.busy');
  return (
    <div class="welcome">
      {team.length > 0 && (
        <section class="welcome-team" aria-labelledby="team-title">
          <h2 id="team-title">{title}</h2>
          <ul>
            {team.slice(0, SHOWN).map((member) => (
              <li key={member.id} title={t(`status.${member.status}`)}>
                <Face name={member.name} photo={member.photo} status={member.status} size={48} />
                <span class="welcome-name" dir="auto">
                  {member.name}
                </span>
                <span class="quiet">{t(`status.${member.status}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
