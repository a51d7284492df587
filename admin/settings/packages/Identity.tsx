// The secret with which the business's server signs who a visitor is: made, shown, replaced.
import { useSignal } from '@preact/signals';
import { Eye, KeyRound, RefreshCw } from 'lucide';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { CopyField } from '../../parts/CopyField';
import type { Answer } from '../../store/api';
import { packagesApi } from '../../store/api-packages';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { Section } from './Section';
import { problemWords } from './words';

interface Props {
  id: string;
  toasts: Toasts;
}

/** How the business's server signs, for Node.js; other languages have the same function under another name. */
const EXAMPLE = `import { createHmac } from 'node:crypto';

const expires = Math.floor(Date.now() / 1000) + 3600; // at most 24 hours ahead
const hex = createHmac('sha256', SECRET).update(\`\${expires}.\${email}\`).digest('hex');
const signature = \`\${expires}.\${hex}\`;
// on the page: Click2CallMe.identify({ email, name, signature })`;

export function Identity({ id, toasts }: Props) {
  /** Undefined until it was asked for; null without one. */
  const secret = useSignal<string | null | undefined>(undefined);
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);

  const take = async (answer: Promise<Answer<{ secret: string | null }>>) => {
    isBusy.value = true;
    const got = await answer;
    isBusy.value = false;
    isAsking.value = false;
    if (got.ok) secret.value = got.value.secret;
    else toasts.say(problemWords(got.problem));
  };
  const make = () => void take(packagesApi.newSecret(id));

  return (
    <Section title={t('package.section_identity')}>
      <p class="identity-text">{t('package.identity_text')}</p>
      <details class="identity-how">
        <summary>{t('package.identity_docs')}</summary>
        <CopyField label={t('package.identity_example')} text={EXAMPLE} />
      </details>
      {secret.value === undefined ? (
        <p>
          <Button icon={Eye} busy={isBusy.value} onClick={() => void take(packagesApi.secret(id))}>
            {t('package.identity_show')}
          </Button>
        </p>
      ) : null}
      {secret.value === null ? (
        <p class="identity-none">
          {t('package.identity_none')}
          <Button icon={KeyRound} busy={isBusy.value} onClick={make}>
            {t('package.identity_make')}
          </Button>
        </p>
      ) : null}
      {typeof secret.value === 'string' ? (
        <CopyField label={t('package.identity_secret')} text={secret.value} copy={t('package.copy')}>
          <Button
            kind="quiet"
            onClick={() => {
              secret.value = undefined;
            }}
          >
            {t('package.identity_hide')}
          </Button>
          <Button
            icon={RefreshCw}
            onClick={() => {
              isAsking.value = true;
            }}
          >
            {t('package.identity_rotate')}
          </Button>
        </CopyField>
      ) : null}
      {isAsking.value ? (
        <Confirm
          title={t('package.identity_rotate_title')}
          yes={t('package.identity_rotate')}
          no={t('package.cancel')}
          isBad
          isBusy={isBusy.value}
          onYes={make}
          onNo={() => {
            isAsking.value = false;
          }}
        >
          <p>{t('package.identity_rotate_text')}</p>
        </Confirm>
      ) : null}
    </Section>
  );
}
