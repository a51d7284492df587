// Starts the admin: finds out who sits here and draws their screen.
import './tokens.css';
import { render } from 'preact';
import { DeskScreen } from './desk/DeskScreen';
import { lazy } from './parts/lazy';
import { Toasts } from './parts/Toasts';
import { follow, place } from './routes';
import { SignIn } from './signin/SignIn';
import { App } from './store/app';
import { watchPage } from './store/page';
import { t } from './store/texts';

const SetUp = lazy(() => import('./setup/SetUp'));

function Screen({ app }: { app: App }) {
  const stage = app.stage.value;
  const speak = (language: 'pl' | 'en') => void app.speak(language);
  switch (stage.is) {
    case 'starting':
      return null;
    case 'unreachable':
      return (
        <main class="unreachable">
          <p role="status">{t('unreachable')}</p>
        </main>
      );
    case 'signed_out':
      return place.value.at === 'setup' ? (
        <SetUp token={place.value.token} onSetUp={(form) => app.setUp(form)} onLanguage={speak} />
      ) : (
        <SignIn
          note={stage.note === null ? null : t(stage.note)}
          onSignIn={(email, password) => app.signIn(email, password)}
          onLanguage={speak}
        />
      );
    case 'desk':
      return <DeskScreen app={app} signedIn={stage.signedIn} />;
  }
}

function Admin({ app }: { app: App }) {
  return (
    <>
      <Screen app={app} />
      <Toasts
        toasts={app.toasts.list.value}
        closeLabel={t('close')}
        onAct={(toast) => app.toasts.act(toast)}
        onDismiss={(toast) => app.toasts.dismiss(toast)}
      />
    </>
  );
}

const root = document.getElementById('desk');
if (root) {
  const app = new App();
  follow();
  watchPage();
  void app.start();
  render(<Admin app={app} />, root);
}
