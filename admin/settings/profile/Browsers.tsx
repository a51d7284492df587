// The browsers that are signed in with the own account, each with a way to sign it out.
import { MonitorSmartphone } from 'lucide';
import { useEffect } from 'preact/hooks';
import { Icon } from '../../../widget/kit/Icon';
import { Button } from '../../parts/Button';
import type { SignedInBrowser } from '../../store/api-accounts';
import { now } from '../../store/page';
import type { Profile } from '../../store/profile';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { ago, dayAndHour } from '../../store/words';
import { words } from './problems';
import { Section } from './Section';

interface Props {
  profile: Profile;
  toasts: Toasts;
  /** Signs this browser out. */
  onSignOut: () => void;
}

export function Browsers({ profile, toasts, onSignOut }: Props) {
  useEffect(() => void profile.loadBrowsers(), [profile]);
  const end = async (browser: SignedInBrowser) => {
    const refused = await profile.endSignIn(browser.id);
    toasts.say(refused === null ? t('profile.browser_ended') : words(refused));
  };
  return (
    <Section title={t('profile.browsers')} text={t('profile.browsers_text')}>
      {profile.browsersState.value === 'failed' ? (
        <p class="profile-failed">
          {t('failed')} <Button onClick={() => void profile.loadBrowsers()}>{t('again')}</Button>
        </p>
      ) : null}
      <ul class="browsers">
        {profile.browsers.value.map((browser) => (
          <Row
            key={browser.id}
            browser={browser}
            now={now.value}
            onEnd={() => (browser.is_current ? onSignOut() : void end(browser))}
          />
        ))}
      </ul>
    </Section>
  );
}

function Row({ browser, now, onEnd }: { browser: SignedInBrowser; now: number; onEnd: () => void }) {
  const name = [browser.browser, browser.system].filter(Boolean).join(', ') || t('profile.browser_unknown');
  return (
    <li class="access-row">
      <Icon icon={MonitorSmartphone} size={18} />
      <div>
        <h3>
          {name}
          {browser.is_current ? <span class="badge good">{t('profile.this_browser')}</span> : null}
        </h3>
        <p>
          {t('profile.browser_facts', {
            ip: browser.ip,
            since: dayAndHour(browser.created_at),
            seen: ago(browser.seen_at, now),
          })}
        </p>
      </div>
      <Button onClick={onEnd}>
        {t('sign_out')}
        <span class="unseen"> {name}</span>
      </Button>
    </li>
  );
}
