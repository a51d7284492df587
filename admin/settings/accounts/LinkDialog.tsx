// Shows a fresh link once, to be copied and handed over; the hub keeps only what is needed to recognize it.
import './LinkDialog.css';
import { Link2 } from 'lucide';
import { Icon } from '../../../widget/kit/Icon';
import { Button } from '../../parts/Button';
import { CopyField } from '../../parts/CopyField';
import { Dialog } from '../../parts/Dialog';
import type { AccountView, Link } from '../../store/api-accounts';
import { t } from '../../store/texts';
import { dayAndHour } from '../../store/words';

interface Props {
  account: AccountView;
  link: Link;
  onClose: () => void;
}

export function LinkDialog({ account, link, onClose }: Props) {
  const title = t(link.purpose === 'invitation' ? 'account.link_invitation' : 'account.link_reset', {
    name: account.given_name,
  });
  return (
    <Dialog look="link-dialog" label={title} onClose={onClose}>
      <span class="link-mark">
        <Icon icon={Link2} size={22} />
      </span>
      <h2>{title}</h2>
      <p>{t(link.purpose === 'invitation' ? 'account.link_invitation_text' : 'account.link_reset_text')}</p>
      <CopyField label={t('account.link')} text={link.url} />
      <p class="link-until">{t('account.link_until', { time: dayAndHour(link.expires_at) })}</p>
      <footer>
        <Button onClick={onClose}>{t('account.link_done')}</Button>
      </footer>
    </Dialog>
  );
}
