/** What is asked before the first message; sending the message sends it, too, and checks it. */
import type { Conversation } from './conversation';
import { Consent, Field } from './Field';
import { config } from './speech';

interface Props {
  conversation: Conversation;
}

/** The form of the message below. */
const FORM = 'composer';

export function Questions({ conversation: { answers, view } }: Props) {
  const { fields, consent } = config.form;
  if (fields.length === 0 && consent === '') return null;
  return (
    <section class="panel">
      {fields.map(({ id, kind, label, is_required }) => (
        <Field
          key={id}
          label={label}
          kind={kind}
          value={answers.get(id)}
          isRequired={is_required}
          isWrong={view.wrong.value === id}
          form={FORM}
          onWrite={(text) => {
            view.wrong.value = '';
            answers.set(id, text);
          }}
        />
      ))}
      {consent !== '' && (
        <Consent
          text={consent}
          has={answers.hasConsented}
          form={FORM}
          onChange={(has) => {
            answers.hasConsented = has;
          }}
        />
      )}
    </section>
  );
}
