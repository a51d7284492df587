// One message somebody left when nobody was there: what they wrote, and how to answer.
import { Mail, Phone } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import type { LeftMessage } from '../store/api-orders';
import { t } from '../store/texts';
import { ago, dayAndHour, languageName, shortPage } from '../store/words';
import { Facts, Taken } from './Facts';
import type { CardProps } from './OrderList';

interface Props extends CardProps {
  message: LeftMessage;
}

export function MessageCard({ message, now, moves }: Props) {
  return (
    <li class="order-card">
      <div class="order-who">
        {message.name === undefined ? null : <b dir="auto">{message.name}</b>}
        <a href={`mailto:${message.email}`}>
          <Icon icon={Mail} size={15} />
          <span>{message.email}</span>
        </a>
        {message.phone === undefined ? null : (
          <a class="order-phone" href={`tel:${message.phone}`}>
            <Icon icon={Phone} size={15} />
            <bdi dir="ltr">{message.phone}</bdi>
          </a>
        )}
        <span class="badge">{ago(message.created_at, now)}</span>
      </div>
      <p class="order-text" dir="auto">
        {message.body}
      </p>
      <Facts
        facts={[
          ...message.answers.map(({ label, value }) => [label, value] as const),
          [t('visitor.package'), message.package_name],
          [t('visitor.language'), languageName(message.language)],
          [t('visitor.page'), message.page_url === undefined ? undefined : shortPage(message.page_url)],
          [t('order.left'), dayAndHour(message.created_at)],
        ]}
      />
      <footer>
        <Taken entry={message} now={now} />
        {moves}
      </footer>
    </li>
  );
}
