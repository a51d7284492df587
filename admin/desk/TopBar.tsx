// The bar over every page of the desk: title, alerts, status at the top right, account.
import './TopBar.css';
import { place } from '../routes';
import type { App } from '../store/app';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import { AccountMenu } from './AccountMenu';
import { AlertMenu } from './AlertMenu';
import { titleOf } from './Screen';
import { StatusSwitch } from './StatusSwitch';

interface Props {
  app: App;
  signedIn: SignedIn;
  onShortcuts: () => void;
}

export function TopBar({ app, signedIn, onShortcuts }: Props) {
  const { desk, alerts, calling } = signedIn;
  return (
    <header class="top-bar">
      <h1>{t(titleOf(place.value))}</h1>
      <AlertMenu alerts={alerts} prefs={app.prefs} />
      <StatusSwitch
        status={desk.me.value?.status ?? null}
        isTalking={calling.calls.live.value !== null}
        onStatus={(status) => signedIn.setStatus(status)}
      />
      <AccountMenu app={app} signedIn={signedIn} onShortcuts={onShortcuts} />
    </header>
  );
}
