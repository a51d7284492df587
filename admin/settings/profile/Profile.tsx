// The own profile: who one is, password, second factor, and the browsers that are signed in.
import './Profile.css';
import { useMemo } from 'preact/hooks';
import { Page } from '../../parts/Page';
import { profileApi } from '../../store/api-accounts';
import { images } from '../../store/api-images';
import type { App } from '../../store/app';
import { Profile } from '../../store/profile';
import type { SignedIn } from '../../store/signed-in';
import { Browsers } from './Browsers';
import { PasswordForm } from './PasswordForm';
import { Person } from './Person';
import { SecondFactor } from './SecondFactor';

interface Props {
  app: App;
  signedIn: SignedIn;
}

export default function ProfileScreen({ app, signedIn }: Props) {
  const account = signedIn.account.value;
  const profile = useMemo(() => new Profile(profileApi, account.has_second_factor), [account.account]);
  const photos = useMemo(() => images('photo'), []);
  return (
    <Page look="profile">
      <Person signedIn={signedIn} photos={photos} toasts={app.toasts} />
      <PasswordForm profile={profile} email={account.email} toasts={app.toasts} />
      <SecondFactor
        profile={profile}
        email={account.email}
        toasts={app.toasts}
        onChanged={() => void signedIn.refresh()}
      />
      <Browsers profile={profile} toasts={app.toasts} onSignOut={() => void app.signOut()} />
    </Page>
  );
}
