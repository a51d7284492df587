// What is changed most in a question, as fields: medium, language, page, waiting, and who is free.
import { useId } from 'preact/hooks';
import { Pick } from '../../../parts/Pick';
import { TextField } from '../../../parts/TextField';
import { isFree, type RouteQuestion, waitedSeconds } from '../../../store/decisions-question';
import { free, wait } from '../../../store/playground-question';
import { t } from '../../../store/texts';

interface Props {
  question: RouteQuestion;
  onEdit: (change: (question: RouteQuestion) => void) => void;
}

export function QuickFields({ question: { request }, onEdit }: Props) {
  const id = useId();
  const { visitor, consultants, medium } = request;
  return (
    <>
      <Pick
        label={t('playground.medium')}
        value={medium}
        options={[
          { value: 'Chat', words: t('decisions.medium.chat') },
          { value: 'Call', words: t('decisions.medium.call') },
        ]}
        onValue={(value) =>
          onEdit((question) => {
            question.request.medium = value;
          })
        }
      />
      <div class="play-fields">
        <TextField
          label={t('playground.language')}
          value={visitor.language}
          onValue={(value) =>
            onEdit((question) => {
              question.request.visitor.language = value;
            })
          }
        />
        <TextField
          kind="url"
          label={t('playground.page')}
          value={visitor.page_url}
          onValue={(value) =>
            onEdit((question) => {
              question.request.visitor.page_url = value;
            })
          }
        />
        <TextField
          kind="number"
          label={t('playground.waiting')}
          least={0}
          value={String(waitedSeconds(request))}
          onValue={(value) => onEdit((question) => wait(question.request, Math.max(0, Math.floor(Number(value) || 0))))}
        />
      </div>
      <fieldset class="play-people" aria-describedby={consultants.length === 0 ? id : undefined}>
        <legend>{t('playground.free')}</legend>
        {consultants.length === 0 ? (
          <p class="decision-small" id={id}>
            {t('decisions.nobody')}
          </p>
        ) : null}
        <div>
          {consultants.map((one) => {
            const is = isFree(one, medium);
            return (
              <label key={one.id}>
                <input
                  type="checkbox"
                  checked={is}
                  onChange={() => onEdit((question) => free(question.request, one.id, !is))}
                />
                <span dir="auto">{one.name}</span>
              </label>
            );
          })}
        </div>
      </fieldset>
    </>
  );
}
