// What the rules may choose a consultant by: how many chats at once, languages, skills.
import { TextField } from '../../parts/TextField';
import { type Talents as Entered, MOST_CHATS } from '../../store/account-talents';
import { t } from '../../store/texts';

interface Props {
  talents: Entered;
  /** What the hub says against a field, in words. */
  error: (field: string) => string | null;
  onTalents: (talents: Entered) => void;
}

export function Talents({ talents, error, onTalents }: Props) {
  const field = (name: keyof Entered) => ({
    label: t(`account.${name}`),
    hint: t(`account.${name}_hint`),
    value: talents[name],
    error: error(name),
    pointer: `/${name}`,
    onValue: (value: string) => onTalents({ ...talents, [name]: value }),
  });
  return (
    <div class="form-pair">
      <TextField kind="number" least={1} most={MOST_CHATS} {...field('most_chats')} />
      <TextField {...field('languages')} />
      <TextField {...field('skills')} />
    </div>
  );
}
