// One change: what was done to what, by whom, and the fields before and after.
import { ArrowRight } from 'lucide';
import { Face } from '../../../widget/kit/Face';
import { Icon } from '../../../widget/kit/Icon';
import type { AuditEntry } from '../../store/api-accounts';
import { t } from '../../store/texts';
import { hourOf } from '../../store/words';
import { actionWords, type Difference, differencesOf } from './differences';

interface Props {
  entry: AuditEntry;
}

export function Entry({ entry }: Props) {
  const who = entry.account_name || t('audit.hub');
  const differences = differencesOf(entry);
  // What came to be or is gone has every field; only a change is worth reading at once.
  const isChange = entry.before !== undefined && entry.after !== undefined;
  return (
    <li class="audit-entry">
      <Face name={who} size={30} />
      <div>
        <p class="audit-what">
          {actionWords(entry)}
          {entry.subject_name === '' ? null : (
            <>
              {': '}
              <b dir="auto">{entry.subject_name}</b>
            </>
          )}
        </p>
        <p class="audit-who">
          <span dir="auto">{who}</span> · <time dateTime={new Date(entry.at).toISOString()}>{hourOf(entry.at)}</time>
        </p>
        {differences.length === 0 ? null : isChange ? (
          <Changes differences={differences} />
        ) : (
          <details>
            <summary>{t('audit.details', { count: differences.length })}</summary>
            <Changes differences={differences} />
          </details>
        )}
      </div>
    </li>
  );
}

function Changes({ differences }: { differences: readonly Difference[] }) {
  return (
    <dl class="audit-changes">
      {differences.map(({ pointer, label, before, after }) => (
        <div key={pointer}>
          <dt>{label}</dt>
          <dd>
            {before === null ? null : (
              <del dir="auto">
                <span class="unseen">{t('audit.before')} </span>
                {before}
              </del>
            )}
            {before !== null && after !== null ? <Icon icon={ArrowRight} size={14} class="pointing" /> : null}
            {after === null ? null : (
              <ins dir="auto">
                <span class="unseen">{t('audit.after')} </span>
                {after}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
