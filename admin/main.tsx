// Starts the admin: finds out who sits here and draws their screen.
import './tokens.css';
import { render } from 'preact';
import { DeskScreen } from './desk/DeskScreen';
import { lazy } from './parts/lazy';
import { Toasts } from './parts/Toasts';
import { follow, place } from './routes';
import { SignIn } from './signin/SignIn';
import type { Language } from './store/api';
import { App, type Note } from './store/app';
import { watchPage } from './store/page';
import { t } from './store/texts';

const SetUp = lazy(() => import('./setup/SetUp'));
const LinkScreen = lazy(() => import('./signin/LinkScreen'));

function Screen({ app }: { app: App }) {
  const stage = app.stage.value;
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
      return <Door app={app} note={stage.note} email={stage.email} />;
    case 'desk':
      return <DeskScreen app={app} signedIn={stage.signedIn} />;
  }
}

/** What stands before the desk: a link's screen, or the sign-in. */
function Door({ app, note, email }: { app: App; note: Note | null; email: string }) {
  const here = place.value;
  const speak = (language: Language) => void app.speak(language);
  if (here.at === 'setup') {
    return <SetUp token={here.token} onSetUp={(form) => app.setUp(form)} onLanguage={speak} />;
  }
  if (here.at === 'link') {
    return (
      <LinkScreen
        onLook={() => app.look(here.token)}
        onUse={(whose, password) => app.useLink(here.token, whose, password)}
        onLeave={() => void app.leaveLink()}
        onLanguage={speak}
      />
    );
  }
  return (
    <SignIn
      email={email}
      note={note === null ? null : { words: t(note.words), isGood: note.isGood }}
      onSignIn={(whose, password, code) => app.signIn(whose, password, code)}
      onLanguage={speak}
    />
  );
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
