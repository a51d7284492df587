// Who serves the package, and in which order they stand: everybody, or chosen ones.
import { useSignal } from '@preact/signals';
import { GripVertical } from 'lucide';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Face } from '../../../widget/kit/Face';
import { Icon } from '../../../widget/kit/Icon';
import { Pick } from '../../parts/Pick';
import { type Colleague, packagesApi } from '../../store/api-packages';
import { type Candidate, candidates, moved, toggled } from '../../store/package-consultants';
import type { PackageEditor } from '../../store/package-editor';
import { t } from '../../store/texts';
import { useDrag } from '../accounts/drag';
import { Section } from './Section';
import { wrongWords } from './words';

interface Props {
  editor: PackageEditor;
}

const POINTER = '/settings/consultants';

export function Consultants({ editor }: Props) {
  const colleagues = useSignal<readonly Colleague[] | null>(null);
  const isLost = useSignal(false);
  const { consultants } = editor.draft.value.settings;
  const set = (next: string[] | null) => editor.settings({ consultants: next });

  useEffect(() => {
    void packagesApi.colleagues().then((answer) => {
      if (answer.ok) colleagues.value = answer.value.accounts;
      isLost.value = !answer.ok;
    });
  }, [colleagues, isLost]);

  const everybody = (colleagues.value ?? []).filter((one) => one.takes_calls);
  const wrong = wrongWords(editor.wrong(POINTER));
  return (
    <Section title={t('package.section_consultants')}>
      <div class="consultants" data-pointer={POINTER}>
        <Pick
          label={t('package.consultants')}
          value={consultants === null ? 'all' : 'chosen'}
          options={[
            { value: 'all', words: t('package.consultants_all') },
            { value: 'chosen', words: t('package.consultants_chosen') },
          ]}
          hint={t(consultants === null ? 'package.consultants_all_hint' : 'package.consultants_chosen_hint')}
          onValue={(who) => set(who === 'all' ? null : everybody.map((one) => one.id))}
        />
        {isLost.value ? <p class="wrong">{t('package.consultants_failed')}</p> : null}
        {consultants !== null && colleagues.value !== null ? (
          <Chosen all={candidates(colleagues.value, consultants)} chosen={consultants} onChosen={set} />
        ) : null}
        {consultants?.length === 0 && wrong === null ? <p class="hint">{t('package.consultants_none')}</p> : null}
        {wrong === null ? null : <p class="wrong">{wrong}</p>}
      </div>
    </Section>
  );
}

interface ChosenProps {
  all: readonly Candidate[];
  chosen: readonly string[];
  onChosen: (chosen: string[]) => void;
}

function Chosen({ all, chosen, onChosen }: ChosenProps) {
  const rows = useRef<HTMLUListElement>(null);
  const said = useSignal('');
  const held = useRef<string | null>(null);

  // A row that moves in the page loses the focus on its way.
  useLayoutEffect(() => {
    if (held.current === null) return;
    rows.current?.querySelector<HTMLElement>(`[data-id="${held.current}"]`)?.focus();
    held.current = null;
  });

  const drag = useDrag(rows, {
    onMove: (id, to) => {
      if (to >= chosen.length || chosen[to] === id) return false;
      onChosen(moved(chosen, id, to));
      return true;
    },
    onDrop: () => {},
  });
  const step = (one: Candidate, by: 1 | -1) => {
    const to = chosen.indexOf(one.id) + by;
    if (to < 0 || to >= chosen.length) return;
    held.current = one.id;
    onChosen(moved(chosen, one.id, to));
    said.value = t('package.moved', { name: nameOf(one), place: to + 1, count: chosen.length });
  };
  return (
    <>
      <ul class="consultant-list" ref={rows}>
        {all.map((one) => (
          <li key={one.id} data-held={drag.id === one.id} data-chosen={one.isChosen}>
            {one.isChosen ? (
              <button
                type="button"
                class="consultant-grip"
                data-id={one.id}
                aria-label={t('package.move', {
                  name: nameOf(one),
                  place: chosen.indexOf(one.id) + 1,
                  count: chosen.length,
                })}
                onPointerDown={(event) => drag.grab(one.id, event)}
                onKeyDown={(event) => {
                  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
                  if (by === 0) return;
                  event.preventDefault();
                  step(one, by);
                }}
              >
                <Icon icon={GripVertical} size={16} />
              </button>
            ) : (
              <span class="consultant-grip" />
            )}
            <label>
              <input type="checkbox" checked={one.isChosen} onChange={() => onChosen(toggled(chosen, one.id))} />
              <Face name={nameOf(one)} photo={one.colleague?.photo ?? undefined} size={28} />
              <span dir="auto">{nameOf(one)}</span>
            </label>
            <small>{markOf(one)}</small>
          </li>
        ))}
      </ul>
      <p class="unseen" role="status">
        {said.value}
      </p>
    </>
  );
}

function nameOf({ colleague }: Candidate): string {
  if (colleague === undefined) return t('package.consultant_gone');
  return `${colleague.given_name} ${colleague.family_name}`.trim();
}

function markOf({ colleague }: Candidate): string {
  if (colleague === undefined) return '';
  if (!colleague.has_joined) return t('package.consultant_invited');
  return colleague.takes_calls ? '' : t('package.consultant_no_calls');
}
