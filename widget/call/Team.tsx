/** The column of consultants: who is there, live. One has the ring; the visitor may give it to another. */
import { Face } from '../kit/Face';
import type { TeamMember } from '../kit/wire';
import type { Live } from './live';
import { t } from './speech';
import './Team.css';

interface Props {
  live: Live;
  /** In a call nobody else can be picked. */
  isFixed: boolean;
}

/** Rows drawn before anybody is known. */
const PLACES = [0, 1, 2];

/** A status in words; without a line nobody knows it. */
export function statusText(live: Live, { status }: TeamMember): string {
  return t(live.isStale.value ? 'status.unknown' : `status.${status}`);
}

export function Team({ live, isFixed }: Props) {
  const team = live.team.value;
  const chosen = live.chosen;
  if (team === undefined || live.socket.line.value === 'stopped') {
    return (
      <div class="team" aria-busy="true">
        <h2>{t('team.title')}</h2>
        <div class="team-list">
          {live.socket.line.value !== 'stopped' && PLACES.map((place) => <span key={place} class="team-empty" />)}
        </div>
      </div>
    );
  }
  return (
    <div class="team">
      <h2 id="team-title">{t('team.title')}</h2>
      {team.length === 0 && <p class="team-none">{t('team.none')}</p>}
      <div class="team-list" role="radiogroup" aria-labelledby="team-title">
        {team.map((member) => (
          <Person
            key={member.id}
            live={live}
            member={member}
            isChosen={member === chosen}
            isFixed={isFixed}
            onPick={() => live.pick(member.id)}
          />
        ))}
      </div>
    </div>
  );
}

interface PersonProps {
  live: Live;
  member: TeamMember;
  isChosen: boolean;
  isFixed: boolean;
  onPick: () => void;
}

function Person({ live, member, isChosen, isFixed, onPick }: PersonProps) {
  const isStale = live.isStale.value;
  return (
    <label class={`person is-${isStale ? 'unknown' : member.status}`}>
      <input
        class="quiet"
        type="radio"
        name="consultant"
        value={member.id}
        checked={isChosen}
        disabled={isFixed}
        onChange={onPick}
      />
      <Face name={member.name} photo={member.photo} status={isStale ? undefined : member.status} size={50} />
      <span class="person-words">
        <b>
          <bdi>{member.name}</bdi>
        </b>
        <span>{statusText(live, member)}</span>
      </span>
    </label>
  );
}
