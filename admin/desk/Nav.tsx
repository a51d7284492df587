// The left column: business, search, places that exist, and the team with their statuses.
import './Nav.css';
import { Headset, Search } from 'lucide';
import { Face } from '../../widget/kit/Face';
import { Icon } from '../../widget/kit/Icon';
import icon from '../parts/icon.svg?url';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';

interface Props {
  signedIn: SignedIn;
  onSearch: () => void;
}

export function Nav({ signedIn, onSearch }: Props) {
  const waiting = signedIn.desk.room.waiting.value.length;
  const { business } = signedIn.account.value;
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
      <nav class="nav-places" aria-label={t('nav.places')}>
        <a href="#/" aria-current="page" title={t('dashboard')}>
          <Icon icon={Headset} size={17} />
          <span>{t('dashboard')}</span>
          {waiting > 0 ? (
            <b class="nav-count number">
              <span aria-hidden="true">{waiting}</span>
              <span class="unseen">{t('waiting.count', { count: waiting })}</span>
            </b>
          ) : null}
        </a>
      </nav>
      <Team signedIn={signedIn} />
    </aside>
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
