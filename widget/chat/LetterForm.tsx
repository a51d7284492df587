/** The message that is left when nobody is there; its text is the draft, so it is never typed twice. */
import { EMAIL, NAME } from './answers';
import { Card } from './cards';
import type { Conversation } from './conversation';
import { Consent, Field } from './Field';
import { checkIcon } from './icons';
import { config, t } from './speech';

interface Props {
  conversation: Conversation;
}

export function LetterForm({ conversation }: Props) {
  const { letter, answers, view } = conversation;
  const state = letter.state.value;
  const canLeave = !(view.screen === 'welcome' && view.wantsMessage);
  if (state === 'sent') {
    return (
      <Card title={t('letter.sent')} icon={checkIcon}>
        <p>{t('letter.answer', { email: answers.get(EMAIL) })}</p>
        <button type="button" class="plain" onClick={() => letter.leave()}>
          {t('letter.done')}
        </button>
      </Card>
    );
  }
  const { consent } = config.form;
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        void letter.send();
      }}
    >
      <h2>{t('letter.title')}</h2>
      <p class="soft">{config.message.text || t('letter.text')}</p>
      <Field
        label={t('letter.email')}
        kind="email"
        value={answers.get(EMAIL)}
        isRequired={true}
        isWrong={state === 'email'}
        onWrite={(text) => answers.set(EMAIL, text)}
      />
      <Field
        label={t('letter.name')}
        kind="name"
        value={answers.get(NAME)}
        isRequired={false}
        onWrite={(text) => answers.set(NAME, text)}
      />
      <label class="field">
        <span>{t('composer.label')}</span>
        <textarea
          rows={4}
          dir="auto"
          required={true}
          maxLength={view.bodyChars.value}
          value={view.draft.value}
          onInput={(event) => conversation.write(event.currentTarget.value)}
        />
      </label>
      {consent !== '' && (
        <Consent
          text={consent}
          has={answers.hasConsented}
          onChange={(has) => {
            answers.hasConsented = has;
          }}
        />
      )}
      {(state === 'letter.failed' || state === 'letter.rate') && (
        <p class="field-wrong" role="alert">
          {t(state)}
        </p>
      )}
      <div class="pair">
        {canLeave && (
          <button type="button" class="plain" onClick={() => letter.leave()}>
            {t('letter.back')}
          </button>
        )}
        <button type="submit" class="primary" disabled={state === 'sending'}>
          {t(state === 'sending' ? 'mark.pending' : 'composer.send')}
        </button>
      </div>
    </form>
  );
}
