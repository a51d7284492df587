// Former versions of a package: who saved each and when, what differs, and the way back.
import { useSignal } from '@preact/signals';
import { Eye } from 'lucide';
import { useEffect } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { type Colleague, type Draft, type PackageVersion, packagesApi } from '../../store/api-packages';
import type { PackageEditor } from '../../store/package-editor';
import { differing } from '../../store/package-fields';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { dayAndHour } from '../../store/words';
import { Section } from './Section';
import { valueWords } from './values';
import { problemWords } from './words';

interface Props {
  editor: PackageEditor;
  toasts: Toasts;
}

type Looked = PackageVersion & Draft;

export function VersionsTab({ editor, toasts }: Props) {
  const { id, version: current } = editor.kept.value;
  const versions = useSignal<readonly PackageVersion[] | null>(null);
  const isLost = useSignal(false);
  const looked = useSignal<Looked | null>(null);
  const isBusy = useSignal(false);

  useEffect(() => {
    void packagesApi.versions(id).then((answer) => {
      if (answer.ok && answer.value.versions[0]?.version !== undefined) versions.value = answer.value.versions;
      isLost.value = !answer.ok;
    });
  }, [id, current, versions, isLost]);

  const look = async (version: number) => {
    const answer = await packagesApi.version(id, version);
    if (answer.ok) looked.value = answer.value;
    else toasts.say(problemWords(answer.problem));
  };
  const restore = async (version: number) => {
    isBusy.value = true;
    const problem = await editor.restore(version);
    isBusy.value = false;
    looked.value = null;
    toasts.say(problem === null ? t('package.version_restored', { number: String(version) }) : problemWords(problem));
  };

  return (
    <Section title={t('package.tab.versions')} hint={t('package.versions_lead')}>
      {isLost.value ? <p class="wrong">{t('package.versions_failed')}</p> : null}
      <ol class="versions" aria-busy={versions.value === null}>
        {versions.value?.map((one) => (
          <Row key={one.version} one={one} isCurrent={one.version === current} onLook={() => void look(one.version)} />
        ))}
      </ol>
      {looked.value === null ? null : (
        <Look
          looked={looked.value}
          editor={editor}
          isBusy={isBusy.value}
          onRestore={(version) => void restore(version)}
          onClose={() => {
            looked.value = null;
          }}
        />
      )}
    </Section>
  );
}

interface RowProps {
  one: PackageVersion;
  isCurrent: boolean;
  onLook: () => void;
}

function Row({ one, isCurrent, onLook }: RowProps) {
  const number = String(one.version);
  return (
    <li class="version">
      <div>
        <b>{t('package.version', { number })}</b>
        {isCurrent ? <span class="version-current">{t('package.version_current')}</span> : null}
        <p dir="auto">
          {t('package.version_by', {
            time: dayAndHour(one.saved_at),
            name: one.saved_by_name ?? t('package.version_hub'),
          })}
        </p>
      </div>
      {isCurrent ? null : (
        <Button icon={Eye} label={t('package.version_look_at', { number })} onClick={onLook}>
          {t('package.version_look')}
        </Button>
      )}
    </li>
  );
}

interface LookProps {
  looked: Looked;
  editor: PackageEditor;
  isBusy: boolean;
  onRestore: (version: number) => void;
  onClose: () => void;
}

function Look({ looked, editor, isBusy, onRestore, onClose }: LookProps) {
  const colleagues = useSignal<readonly Colleague[]>([]);
  const kept = editor.kept.value;
  const fields = differing(looked, kept);
  const number = String(looked.version);
  const isChanged = editor.isChanged.value;

  useEffect(() => {
    void packagesApi.colleagues().then((answer) => {
      if (answer.ok) colleagues.value = answer.value.accounts;
    });
  }, [colleagues]);

  return (
    <Confirm
      title={t('package.version', { number })}
      yes={t('package.version_restore')}
      no={t('close')}
      isBusy={isBusy}
      problem={isChanged ? t('package.version_unsaved') : null}
      onYes={() => {
        if (!isChanged) onRestore(looked.version);
      }}
      onNo={onClose}
    >
      <div class="version-look">
        <p>{t(fields.length === 0 ? 'package.version_same' : 'package.version_differs')}</p>
        {fields.length === 0 ? null : (
          <table>
            <thead>
              <tr>
                <th scope="col">{t('package.conflict_field')}</th>
                <th scope="col">{t('package.version_then', { number })}</th>
                <th scope="col">{t('package.version_now')}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field.pointers[0]}>
                  <th scope="row">{t(field.label)}</th>
                  <td dir="auto">{valueWords(field, looked, colleagues.value)}</td>
                  <td dir="auto">{valueWords(field, kept, colleagues.value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Confirm>
  );
}
