// What stands under the top bar: the dashboard at once, every other area when it is first opened.
import { Lock } from 'lucide';
import { Calm } from '../parts/Calm';
import { lazy } from '../parts/lazy';
import { type Place, place } from '../routes';
import type { App } from '../store/app';
import type { SignedIn } from '../store/signed-in';
import { type Key, PLUGINS, t, withTexts } from '../store/texts';
import { Dashboard } from './Dashboard';

interface Props {
  app: App;
  signedIn: SignedIn;
  onShortcuts: () => void;
}

const Orders = lazy(() => import('../orders/Orders'));
const CallHistory = lazy(() => import('../calls/CallHistory'));
const Profile = lazy(() => import('../settings/profile/Profile'));
const Accounts = lazy(() => import('../settings/accounts/Accounts'));
const Packages = lazy(() => import('../settings/packages/Packages'));
const Plugins = lazy(() => withTexts(PLUGINS, import('../settings/plugins/Plugins')));
const Decisions = lazy(() => withTexts(PLUGINS, import('../settings/plugins/decisions/Decisions')));
const Audit = lazy(() => import('../settings/audit/Audit'));

export function Screen({ app, signedIn, onShortcuts }: Props) {
  const here = place.value;
  switch (here.at) {
    case 'orders':
    case 'messages':
      return <Orders signedIn={signedIn} toasts={app.toasts} shown={here.at} />;
    case 'calls':
      return <CallHistory signedIn={signedIn} toasts={app.toasts} />;
    case 'profile':
      return <Profile app={app} signedIn={signedIn} />;
    case 'accounts':
      return owners(signedIn, <Accounts app={app} signedIn={signedIn} shown={null} />);
    case 'account':
      return owners(signedIn, <Accounts app={app} signedIn={signedIn} shown={here.account} />);
    case 'packages':
      return owners(signedIn, <Packages app={app} account={signedIn.account.value.account} shown={null} />);
    case 'package':
      return owners(signedIn, <Packages app={app} account={signedIn.account.value.account} shown={here} />);
    case 'plugins':
      return owners(signedIn, <Plugins app={app} account={signedIn.account.value.account} shown={null} />);
    case 'plugin':
      return owners(signedIn, <Plugins app={app} account={signedIn.account.value.account} shown={here} />);
    case 'decisions':
      return owners(signedIn, <Decisions app={app} shown={null} />);
    case 'decision':
      return owners(signedIn, <Decisions app={app} shown={here.id} />);
    case 'audit':
      return owners(signedIn, <Audit />);
    default:
      return <Dashboard signedIn={signedIn} onShortcuts={onShortcuts} />;
  }
}

/** The heading of a place. */
export function titleOf(to: Place): Key {
  switch (to.at) {
    case 'orders':
    case 'messages':
      return 'order.title';
    case 'calls':
      return 'call.history';
    case 'profile':
      return 'profile.title';
    case 'accounts':
    case 'account':
      return 'account.title';
    case 'packages':
    case 'package':
      return 'package.title';
    case 'plugins':
    case 'plugin':
      return 'plugins.title';
    case 'decisions':
    case 'decision':
      return 'decisions.title';
    case 'audit':
      return 'audit.title';
    default:
      return 'dashboard';
  }
}

/** The hub refuses consultants here as well; this says so before they try. */
function owners(signedIn: SignedIn, screen: preact.JSX.Element) {
  if (signedIn.account.value.role === 'owner') return screen;
  return (
    <main class="page">
      <Calm icon={Lock} title={t('nav.owners_only')} text={t('nav.owners_only_text')}>
        <a class="button main" href="#/">
          {t('nav.to_dashboard')}
        </a>
      </Calm>
    </main>
  );
}
