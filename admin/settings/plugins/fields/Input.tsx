// An input of any kind of text: the kinds that browsers tell apart, by name.
import type { JSX } from 'preact';

export type Kind = 'text' | 'url' | 'email' | 'tel' | 'number' | 'time' | 'date' | 'password';

interface Props {
  kind: Kind;
  id: string;
  value: string;
  label?: string | undefined;
  placeholder?: string | undefined;
  least?: number | undefined;
  most?: number | undefined;
  step?: number | 'any' | undefined;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
  onValue: (value: string) => void;
}

export function Input({ kind, label, least, most, step = 1, onValue, ...rest }: Props): JSX.Element {
  const shared = {
    ...rest,
    class: `setting-line of-${kind}`,
    'aria-label': label,
    autoComplete: kind === 'password' ? ('new-password' as const) : ('off' as const),
    onInput: (event: Event) => {
      if (event.currentTarget instanceof HTMLInputElement) onValue(event.currentTarget.value);
    },
  };
  switch (kind) {
    case 'text':
      return <input type="text" dir="auto" {...shared} />;
    case 'url':
      return <input type="url" dir="ltr" inputMode="url" spellcheck={false} {...shared} />;
    case 'email':
      return <input type="email" dir="ltr" inputMode="email" spellcheck={false} {...shared} />;
    case 'tel':
      return <input type="tel" dir="ltr" {...shared} />;
    case 'number':
      return <input type="number" min={least} max={most} step={step} {...shared} />;
    case 'time':
      return <input type="time" {...shared} />;
    case 'date':
      return <input type="date" {...shared} />;
    case 'password':
      return <input type="password" {...shared} />;
  }
}
