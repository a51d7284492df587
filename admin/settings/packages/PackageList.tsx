// The packages of the business: what each is, its call page address, and the ways on.
import { useSignal } from '@preact/signals';
import { CircleAlert, CopyPlus, ExternalLink, Package as PackageIcon, Pencil, Plus, Trash2 } from 'lucide';
import { Icon } from '../../../widget/kit/Icon';
import { Button } from '../../parts/Button';
import { Calm } from '../../parts/Calm';
import { Confirm } from '../../parts/Confirm';
import { CopyButton } from '../../parts/CopyField';
import { Page } from '../../parts/Page';
import { address, go } from '../../routes';
import type { PackageSummary } from '../../store/api-packages';
import type { Packages } from '../../store/packages';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { NewPackage } from './NewPackage';
import { problemWords } from './words';

interface Props {
  list: Packages;
  toasts: Toasts;
}

export function PackageList({ list, toasts }: Props) {
  const isNew = useSignal(false);
  const doomed = useSignal<PackageSummary | null>(null);
  const packages = list.list.value;

  const copy = async (one: PackageSummary) => {
    const answer = await list.copy(one, t('package.copy_word'));
    if (!answer.ok) {
      toasts.say(problemWords(answer.problem));
      return;
    }
    toasts.say(t('package.copied', { name: answer.value.name }));
    await list.load();
  };

  if (packages === null && list.problem.value !== null) {
    return (
      <main class="page">
        <Calm icon={CircleAlert} title={t('package.failed_load')} text={t('package.failed_load_text')}>
          <Button kind="main" onClick={() => void list.load()}>
            {t('again')}
          </Button>
        </Calm>
      </main>
    );
  }
  return (
    <Page look="packages">
      <div class="page-lead">
        <p>{t('package.lead')}</p>
        <Button
          kind="main"
          icon={Plus}
          onClick={() => {
            isNew.value = true;
          }}
        >
          {t('package.new')}
        </Button>
      </div>
      {packages?.length === 0 ? (
        <Calm icon={PackageIcon} title={t('package.none')} text={t('package.none_text')} />
      ) : null}
      <ul class="package-list" aria-busy={packages === null}>
        {packages?.map((one) => (
          <Row
            key={one.id}
            one={one}
            onCopy={() => void copy(one)}
            onDelete={() => {
              doomed.value = one;
            }}
          />
        ))}
      </ul>
      {isNew.value ? (
        <NewPackage
          list={list}
          onCreated={(id) => go({ at: 'package', id, tab: 'common' })}
          onClose={() => {
            isNew.value = false;
          }}
        />
      ) : null}
      {doomed.value ? (
        <Doom
          one={doomed.value}
          list={list}
          toasts={toasts}
          onClose={() => {
            doomed.value = null;
          }}
        />
      ) : null}
    </Page>
  );
}

interface RowProps {
  one: PackageSummary;
  onCopy: () => void;
  onDelete: () => void;
}

function Row({ one, onCopy, onDelete }: RowProps) {
  const { name } = one;
  const editor = address({ at: 'package', id: one.id, tab: 'common' });
  return (
    <li class="package-row">
      <div class="package-what">
        <h2>
          <a href={editor} dir="auto">
            {name}
          </a>
        </h2>
        <p>
          <span class={one.is_open ? 'package-open' : 'package-shut'}>
            {t(one.is_open ? 'package.is_open' : 'package.is_closed')}
          </span>
          {one.company === '' ? null : <span dir="auto">{one.company}</span>}
          <span>{t(`package.language.${one.language}`)}</span>
          <span>{t(`package.mode.${one.mode}`)}</span>
        </p>
      </div>
      <div class="package-page">
        <span class="package-address">{one.call_page.replace(/^https?:\/\//, '')}</span>
        <CopyButton text={one.call_page} label={t('package.copy_page', { name })} />
        <a
          class="button round"
          href={one.call_page}
          target="_blank"
          rel="noopener"
          aria-label={t('package.open_page', { name })}
          title={t('package.open_page', { name })}
        >
          <Icon icon={ExternalLink} size={16} />
        </a>
      </div>
      <div class="package-ways">
        <Button kind="round" icon={CopyPlus} label={`${t('package.duplicate')}: ${name}`} onClick={onCopy} />
        <Button kind="round" icon={Trash2} label={`${t('package.delete')}: ${name}`} onClick={onDelete} />
        <a class="button" href={editor} aria-label={t('package.edit_name', { name })}>
          <Icon icon={Pencil} size={16} />
          {t('package.edit')}
        </a>
      </div>
    </li>
  );
}

interface DoomProps {
  one: PackageSummary;
  list: Packages;
  toasts: Toasts;
  onClose: () => void;
}

function Doom({ one, list, toasts, onClose }: DoomProps) {
  const isBusy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const remove = async () => {
    isBusy.value = true;
    const refused = await list.remove(one.id);
    isBusy.value = false;
    problem.value = refused === null ? null : problemWords(refused);
    if (refused !== null) return;
    toasts.say(t('package.deleted', { name: one.name }));
    onClose();
  };
  return (
    <Confirm
      title={t('package.delete_title', { name: one.name })}
      yes={t('package.delete')}
      no={t('package.cancel')}
      isBad
      isBusy={isBusy.value}
      problem={problem.value}
      onYes={() => void remove()}
      onNo={onClose}
    >
      <p>{t('package.delete_text')}</p>
    </Confirm>
  );
}
