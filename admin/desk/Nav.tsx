// The left column: business, search, the places of the desk, calls that ring or are talked, and the team.
import './Nav.css';
import { Search } from 'lucide';
import { Face } from '../../widget/kit/Face';
import { Icon } from '../../widget/kit/Icon';
import { CallSection } from '../calls/CallSection';
import icon from '../parts/icon.svg?url';
import { place } from '../routes';
import { isWide } from '../store/page';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import { DESK, SETTINGS, type Stop } from './stops';

interface Props {
  signedIn: SignedIn;
  onSearch: () => void;
}

export function Nav({ signedIn, onSearch }: Props) {
  const { business, role } = signedIn.account.value;
  return (
    <aside class="nav">
      <p class="nav-business" title={business.name}>
        <img src={icon} alt="" width={24} height={24} />
        <span dir="auto">{business.name}</span>
      </p>
      <button type="button" class="nav-search" title={t('nav.search')} onClick={onSearch}>
        <Icon icon={Search} size={15} />
        <span>{t('nav.search')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div class="nav-middle">
        <nav class="nav-places" aria-label={t('nav.places')}>
          {DESK.map((stop) => (
            <Link key={stop.href} stop={stop} signedIn={signedIn} />
          ))}
        </nav>
        {isWide.value ? <CallSection signedIn={signedIn} /> : null}
        {role === 'owner' ? (
          <nav class="nav-places" aria-labelledby="nav-settings">
            <h2 id="nav-settings">{t('nav.settings')}</h2>
            {SETTINGS.map((stop) => (
              <Link key={stop.href} stop={stop} signedIn={signedIn} />
            ))}
          </nav>
        ) : null}
      </div>
      <Team signedIn={signedIn} />
    </aside>
  );
}

function Link({ stop, signedIn }: { stop: Stop; signedIn: SignedIn }) {
  const count = stop.count?.(signedIn) ?? 0;
  return (
    <a href={stop.href} aria-current={stop.places.includes(place.value.at) ? 'page' : undefined} title={t(stop.title)}>
      <Icon icon={stop.icon} size={17} />
      <span>{t(stop.title)}</span>
      {count > 0 ? (
        <b class={stop.isUrgent ? 'nav-count number urgent' : 'nav-count number'}>
          <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
          <span class="unseen">{stop.countWords === undefined ? count : t(stop.countWords, { count })}</span>
        </b>
      ) : null}
    </a>
  );
}

function Team({ signedIn }: { signedIn: SignedIn }) {
  const team = signedIn.desk.room.team.value;
  if (team.length === 0) return null;
  return (
    <section class="nav-team" aria-labelledby="nav-team">
      <h2 id="nav-team">{t('nav.team')}</h2>
      <ul>
        {team.map((colleague) => (
          <li key={colleague.id} title={`${colleague.name}: ${t(`status.${colleague.status}`)}`}>
            <Face name={colleague.name} photo={colleague.photo} status={colleague.status} size={30} />
            <span class="unseen">
              {colleague.name}: {t(`status.${colleague.status}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
