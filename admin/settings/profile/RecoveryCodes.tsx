// The recovery codes, shown once: copied, saved as a file, or written down.
import { Download } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { CopyButton } from '../../parts/CopyField';
import { t } from '../../store/texts';

interface Props {
  codes: readonly string[];
  onKept: () => void;
}

export function RecoveryCodes({ codes, onKept }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const text = codes.join('\n');
  // What was a form became something that must be read: the reading begins here.
  useEffect(() => heading.current?.focus(), []);

  const save = () => {
    const address = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'click2callme-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(address);
  };

  return (
    <div class="recovery">
      <h3 ref={heading} tabIndex={-1}>
        {t('profile.codes')}
      </h3>
      <p>{t('profile.codes_text')}</p>
      <ul translate={false}>
        {codes.map((code) => (
          <li key={code}>
            <code dir="ltr">{code}</code>
          </li>
        ))}
      </ul>
      <div class="profile-buttons">
        <CopyButton text={text} words={t('copy')} />
        <Button icon={Download} onClick={save}>
          {t('profile.codes_save')}
        </Button>
        <Button kind="main" onClick={onKept}>
          {t('profile.codes_kept')}
        </Button>
      </div>
    </div>
  );
}
