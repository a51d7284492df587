// How the desk calls its consultant: sound, desktop notification, and a try of both.
import { Bell, BellOff } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import { Button } from '../parts/Button';
import { Menu } from '../parts/Menu';
import { Switch } from '../parts/Switch';
import type { Alerts } from '../store/alerts';
import type { Prefs } from '../store/prefs';
import { t } from '../store/texts';

interface Props {
  alerts: Alerts;
  prefs: Prefs;
}

/** Something like a real alert, so that the try shows what will come. */
const TRIED = {
  what: 'waits',
  visitor: { chat: '', visitor: '', since: 0, preview: '', package: '', here: true },
} as const;

export function AlertMenu({ alerts, prefs }: Props) {
  const isQuiet = !prefs.sound.value && alerts.notifications.value !== 'on';
  const way = alerts.notifications.value;
  return (
    <Menu look="button round" label={t('alerts.title')} trigger={<Icon icon={isQuiet ? BellOff : Bell} size={17} />}>
      {() => (
        <div class="alert-panel">
          <h2>{t('alerts.title')}</h2>
          <Switch
            label={t('alerts.sound')}
            isOn={prefs.sound.value}
            onTurn={(isOn) => {
              prefs.turn('sound', isOn);
              void alerts.unlock();
            }}
          />
          <Switch
            label={t('alerts.notifications')}
            isOn={prefs.notifications.value && way !== 'missing'}
            disabled={way === 'missing'}
            onTurn={(isOn) => {
              prefs.turn('notifications', isOn);
              void alerts.unlock();
            }}
          />
          <p>{t(way === 'denied' ? 'alerts.denied' : way === 'missing' ? 'alerts.missing' : 'alerts.hint')}</p>
          <Button onClick={() => void alerts.test(TRIED)}>{t('alerts.test')}</Button>
        </div>
      )}
    </Menu>
  );
}
