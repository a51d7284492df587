// A secret: whether there is one, and the way to another; the one that is kept never comes back from the hub.
import { KeyRound } from 'lucide';
import { Icon } from '../../../../widget/kit/Icon';
import { Button } from '../../../parts/Button';
import type { Json } from '../../../store/json';
import { placeholder } from '../../../store/plugin-values';
import { t } from '../../../store/texts';
import { type Aria, Line } from './Setting';

interface Props {
  aria: Aria;
  /** The key of the field. */
  name: string;
  value: Json | undefined;
  isKept: boolean;
  onValue: (value: Json) => void;
}

export function Secret({ aria, name, value, isKept, onValue }: Props) {
  const kept = placeholder(name);
  if (isKept && value === kept) {
    return (
      <span class="secret-kept">
        <Icon icon={KeyRound} size={16} />
        <span>{t('plugins.secret_set')}</span>
        <button type="button" class="button" {...withoutInvalid(aria)} onClick={() => onValue('')}>
          {t('plugins.secret_replace')}
        </button>
      </span>
    );
  }
  return (
    <span class="with-unit">
      <Line
        {...aria}
        kind="password"
        placeholder={isKept ? t('plugins.secret_new') : t('plugins.secret_none')}
        value={typeof value === 'string' && value !== kept ? value : ''}
        onValue={onValue}
      />
      {isKept ? <Button onClick={() => onValue(kept)}>{t('plugins.secret_keep')}</Button> : null}
    </span>
  );
}

function withoutInvalid({ id, 'aria-describedby': described }: Aria) {
  return { id, 'aria-describedby': described };
}
