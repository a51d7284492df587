// Who is signed in, language and look of the desk, the way out.
import { Check, IdCard, Keyboard, LogOut } from 'lucide';
import { Face } from '../../widget/kit/Face';
import { Icon } from '../../widget/kit/Icon';
import { Menu } from '../parts/Menu';
import { go } from '../routes';
import type { Language } from '../store/api';
import type { App } from '../store/app';
import type { Look } from '../store/prefs';
import type { SignedIn } from '../store/signed-in';
import { language, t } from '../store/texts';

interface Props {
  app: App;
  signedIn: SignedIn;
  onShortcuts: () => void;
}

const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'pl', name: 'Polski' },
];
const LOOKS: readonly Look[] = ['auto', 'light', 'dark'];

export function AccountMenu({ app, signedIn, onShortcuts }: Props) {
  const account = signedIn.account.value;
  const face = <Face name={account.given_name} photo={account.photo} size={32} />;
  return (
    <Menu look="account-button" label={t('account.menu')} trigger={face}>
      {(close) => (
        <>
          <p class="account-who">
            <b dir="auto">
              {account.given_name} {account.family_name}
            </b>
            <span>{account.email}</span>
          </p>
          <button
            type="button"
            class="menu-entry"
            onClick={() => {
              close();
              go({ at: 'profile' });
            }}
          >
            <Icon icon={IdCard} size={16} />
            <span class="grow">{t('profile.title')}</span>
          </button>
          <div class="menu-line" />
          <p class="account-label">{t('language')}</p>
          {LANGUAGES.map(({ code, name }) => (
            <Choice
              key={code}
              words={name}
              lang={code}
              isOn={language() === code}
              onChoose={() => void signedIn.speak(code)}
            />
          ))}
          <p class="account-label">{t('look')}</p>
          {LOOKS.map((look) => (
            <Choice
              key={look}
              words={t(`look.${look}`)}
              isOn={app.prefs.look.value === look}
              onChoose={() => app.prefs.setLook(look)}
            />
          ))}
          <div class="menu-line" />
          <button
            type="button"
            class="menu-entry"
            onClick={() => {
              close();
              onShortcuts();
            }}
          >
            <Icon icon={Keyboard} size={16} />
            <span class="grow">{t('action.shortcuts')}</span>
            <kbd>?</kbd>
          </button>
          <button type="button" class="menu-entry" onClick={() => void app.signOut()}>
            <Icon icon={LogOut} size={16} />
            <span class="grow">{t('sign_out')}</span>
          </button>
        </>
      )}
    </Menu>
  );
}

interface ChoiceProps {
  words: string;
  lang?: string;
  isOn: boolean;
  onChoose: () => void;
}

function Choice({ words, lang, isOn, onChoose }: ChoiceProps) {
  return (
    <button type="button" class="menu-entry" aria-pressed={isOn} onClick={onChoose}>
      <span class="grow" lang={lang}>
        {words}
      </span>
      {isOn ? <Icon icon={Check} size={16} /> : null}
    </button>
  );
}
