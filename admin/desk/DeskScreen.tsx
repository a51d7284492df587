// The whole desk of a signed-in account: navigation, top bar, the screen of a place, and what lies over them.
import './DeskScreen.css';
import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { CallSection } from '../calls/CallSection';
import { Ringing } from '../calls/Ringing';
import { lazy } from '../parts/lazy';
import { place } from '../routes';
import type { App } from '../store/app';
import { isWide } from '../store/page';
import type { SignedIn } from '../store/signed-in';
import { actionsOf } from './actions';
import { listen } from './keys';
import { Nav } from './Nav';
import { Notices } from './Notices';
import { Offered } from './Offered';
import { Screen } from './Screen';
import { Tabs } from './Tabs';
import { TopBar } from './TopBar';

interface Props {
  app: App;
  signedIn: SignedIn;
}

const Palette = lazy(() => import('./Palette'));
const Shortcuts = lazy(() => import('./Shortcuts'));

/** What lies over the desk. */
const over = signal<'palette' | 'shortcuts' | null>(null);

export function DeskScreen({ app, signedIn }: Props) {
  const overlays = useMemo(
    () => ({
      palette: () => {
        over.value = 'palette';
      },
      shortcuts: () => {
        over.value = 'shortcuts';
      },
    }),
    [],
  );
  const close = () => {
    over.value = null;
  };

  useEffect(() => listen(() => actionsOf(app, signedIn, overlays), app.prefs.letters), [app, signedIn, overlays]);

  return (
    <div class="desk" data-place={place.value.at}>
      <Nav signedIn={signedIn} onSearch={overlays.palette} />
      <div class="desk-sheet">
        <TopBar app={app} signedIn={signedIn} onShortcuts={overlays.shortcuts} />
        <div class="desk-bars">
          {isWide.value ? null : <CallSection signedIn={signedIn} />}
          <Notices signedIn={signedIn} prefs={app.prefs} />
        </div>
        <Screen app={app} signedIn={signedIn} onShortcuts={overlays.shortcuts} />
      </div>
      <Tabs signedIn={signedIn} />
      {over.value === 'palette' ? <Palette actions={actionsOf(app, signedIn, overlays)} onClose={close} /> : null}
      {over.value === 'shortcuts' ? (
        <Shortcuts actions={actionsOf(app, signedIn, overlays)} prefs={app.prefs} onClose={close} />
      ) : null}
      <Offered signedIn={signedIn} />
      <Ringing calls={signedIn.calling.calls} />
    </div>
  );
}
