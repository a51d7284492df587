/** One labelled field; the browser itself checks it, in the visitor's language. */
import type { FieldKind } from '../kit/settings';
import { t } from './speech';
import './Field.css';

interface Props {
  label: string;
  kind: FieldKind;
  value: string;
  isRequired: boolean;
  /** The hub did not take what is in it. */
  isWrong?: boolean;
  /** The id of the form it belongs to, when it stands outside of it. */
  form?: string | undefined;
  onWrite: (text: string) => void;
}

/** The hub takes no more of an answer, and no more of a name. */
const CHARS = 500;
const NAME_CHARS = 80;
/** What browsers call the kinds, and what they fill in by themselves. */
const KINDS = {
  text: { type: 'text' },
  name: { type: 'text', autocomplete: 'name' },
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
} as const;

export function Field({ label, kind, value, isRequired, isWrong = false, form, onWrite }: Props) {
  return (
    <label class="field">
      <span>{isRequired ? label : t('form.optional', { label })}</span>
      <input
        {...KINDS[kind]}
        dir="auto"
        form={form}
        maxLength={kind === 'name' ? NAME_CHARS : CHARS}
        required={isRequired}
        value={value}
        aria-invalid={isWrong}
        onInput={(event) => onWrite(event.currentTarget.value)}
      />
      {isWrong && (
        <span class="field-wrong" role="alert">
          {t('form.wrong')}
        </span>
      )}
    </label>
  );
}

/** What the visitor must agree to. */
export function Consent({ text, has, form, onChange }: ConsentProps) {
  return (
    <label class="consent">
      <input
        type="checkbox"
        form={form}
        required={true}
        checked={has}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span dir="auto">{text}</span>
    </label>
  );
}

interface ConsentProps {
  text: string;
  has: boolean;
  form?: string | undefined;
  onChange: (has: boolean) => void;
}
