// Bars that stay while something keeps the desk from working: no connection, sound, microphone, notifications.
import './Notices.css';
import { BellOff, MicOff, VolumeX, WifiOff } from 'lucide';
import { Icon, type IconNode } from '../../widget/kit/Icon';
import type { Prefs } from '../store/prefs';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';

interface Props {
  signedIn: SignedIn;
  prefs: Prefs;
}

export function Notices({ signedIn, prefs }: Props) {
  const { alerts, calling, desk, socket } = signedIn;
  const line = socket.line.value;
  const microphone = calling.calls.voice.problem.value;
  const isAvailable = desk.me.value?.status === 'available';
  return (
    <div class="notices" role="status">
      {line === 'offline' ? <Notice icon={WifiOff} words={t('notice.offline')} /> : null}
      {line === 'stopped' ? (
        <Notice
          icon={WifiOff}
          words={t('notice.stopped')}
          action={t('notice.reload')}
          onAct={() => location.reload()}
        />
      ) : null}
      {microphone === null ? null : (
        <Notice
          icon={MicOff}
          words={t(`microphone.${microphone}`)}
          action={t(microphone === 'unloaded' ? 'notice.reload' : 'microphone.try')}
          onAct={() => (microphone === 'unloaded' ? location.reload() : void calling.tryMicrophone())}
        />
      )}
      {isAvailable && alerts.sound.value === 'blocked' ? (
        <Notice
          icon={VolumeX}
          words={t('notice.sound')}
          action={t('notice.sound_on')}
          onAct={() => void alerts.unlock()}
        />
      ) : null}
      {isAvailable && alerts.notifications.value === 'blocked' ? (
        <Notice
          icon={BellOff}
          words={t('notice.notifications')}
          action={t('notice.notifications_on')}
          onAct={() => void alerts.unlock()}
        />
      ) : null}
      {isAvailable && alerts.notifications.value === 'denied' ? (
        <Notice
          icon={BellOff}
          words={t('notice.denied')}
          action={t('notice.without')}
          onAct={() => {
            prefs.turn('notifications', false);
            alerts.look();
          }}
        />
      ) : null}
    </div>
  );
}

interface NoticeProps {
  icon: IconNode;
  words: string;
  action?: string;
  onAct?: () => void;
}

function Notice({ icon, words, action, onAct }: NoticeProps) {
  return (
    <p class="notice">
      <Icon icon={icon} size={16} />
      <span>{words}</span>
      {action ? (
        <button type="button" onClick={onAct}>
          {action}
        </button>
      ) : null}
    </p>
  );
}
